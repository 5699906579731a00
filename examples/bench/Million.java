import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What stands around the hub in the million-member benchmark, each in a process of its own: a domain controller and the
 * mailbox server, and the client that sends one message.
 *
 * <p>{@code directory PORT FOLDER GROUPS MEMBERS}: an LDAP server (RFC 4511) whose entries are worked out when they are
 * asked for, so that it needs no time to load and no memory to speak of: {@code everybody@million.test} holds divisions,
 * each division ten teams, each team MEMBERS people. Writes how many teams were read to FOLDER/teams.
 *
 * <p>{@code sink PORT FOLDER PEOPLE}: an SMTP server (RFC 5321) that counts who got how many copies, and refuses everybody
 * while FOLDER/closed exists. Writes "persons copies transactions" to FOLDER/count.
 *
 * <p>{@code send HOST:PORT}: hands one message to everybody in.
 */
final class Million {
    private static final String BASE = "DC=million,DC=test";
    private static final String DOMAIN = "@million.test";
    private static final int TEAMS_PER_DIVISION = 10;

    private Million() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "directory" -> directory(
                    Integer.parseInt(arguments[1]),
                    Path.of(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
            case "sink" -> sink(Integer.parseInt(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
            default -> send(arguments[1]);
        }
    }

    private static void publish(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    // ---- the domain controller

    private static void directory(int port, Path folder, int teams, int members) throws Exception {
        LDAPListenerConfig config = new LDAPListenerConfig(port, new Handler(folder, teams, members));
        config.setListenAddress(InetAddress.getLoopbackAddress());
        new LDAPListener(config).startListening();
        publish(folder.resolve("teams"), "0");
    }

    /** One connection. */
    private static final class Handler extends LDAPListenerRequestHandler {
        private static final AtomicInteger READ = new AtomicInteger();

        private final Path folder;
        private final int teams;
        private final int members;
        private LDAPListenerClientConnection connection;

        Handler(Path folder, int teams, int members) {
            this.folder = folder;
            this.teams = teams;
            this.members = members;
        }

        @Override
        public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection its) {
            Handler handler = new Handler(folder, teams, members);
            handler.connection = its;
            return handler;
        }

        @Override
        public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
            try {
                for (Entry entry : found(request)) {
                    connection.sendSearchResultEntry(id, new SearchResultEntryProtocolOp(entry));
                }
                return done(id, ResultCode.SUCCESS, null);
            } catch (LDAPException | IOException e) {
                return done(id, ResultCode.OTHER, e.getMessage());
            }
        }

        private static LDAPMessage done(int id, ResultCode code, String message) {
            return new LDAPMessage(id, new SearchResultDoneProtocolOp(code.intValue(), null, message, null));
        }

        private List<Entry> found(SearchRequestProtocolOp request) throws IOException {
            List<Entry> found = new ArrayList<>();
            if (request.getScope() == SearchScope.BASE) {
                String dn = request.getBaseDN();
                int comma = dn.indexOf(',');
                add(found, comma < 0 ? dn : dn.substring(3, comma), request.getAttributes());
            } else {
                ask(request.getFilter(), found, request.getAttributes());
            }
            return found;
        }

        /** Of a search, the addresses that its filter names. */
        private void ask(Filter filter, List<Entry> found, List<String> attributes) throws IOException {
            for (Filter part : filter.getComponents()) {
                ask(part, found, attributes);
            }
            String value = filter.getAssertionValue();
            if (value != null && value.endsWith(DOMAIN)) {
                String name = value.substring(value.indexOf(':') + 1, value.length() - DOMAIN.length());
                if (found.stream().noneMatch(entry -> entry.getDN().startsWith("CN=" + name + ","))) {
                    add(found, name, attributes);
                }
            }
        }

        private void add(List<Entry> found, String name, List<String> attributes) throws IOException {
            boolean withMembers = attributes.isEmpty()
                    || attributes.stream().anyMatch(attribute -> attribute.startsWith("member"));
            String kind = name.replaceAll("\\d", "");
            int number = name.length() == kind.length() ? 0 : Integer.parseInt(name.substring(kind.length()));
            switch (kind) {
                case "everybody" -> found.add(group(name, withMembers, "division", 0, divisions()));
                case "division" -> found.add(group(
                        name,
                        withMembers,
                        "team",
                        number * TEAMS_PER_DIVISION,
                        Math.min(TEAMS_PER_DIVISION, teams - number * TEAMS_PER_DIVISION)));
                case "team" -> {
                    found.add(group(name, withMembers, "person", number * members, members));
                    if (withMembers) {
                        publish(folder.resolve("teams"), String.valueOf(READ.incrementAndGet()));
                    }
                }
                case "person" -> found.add(person(name));
                default -> {}
            }
        }

        private int divisions() {
            return (teams + TEAMS_PER_DIVISION - 1) / TEAMS_PER_DIVISION;
        }

        private static Entry group(String name, boolean withMembers, String of, int first, int count) {
            Entry entry = entry(name, "group");
            if (withMembers) {
                String[] names = new String[count];
                for (int i = 0; i < count; i++) {
                    names[i] = "CN=" + of + (first + i) + "," + BASE;
                }
                entry.addAttribute(new Attribute("member", names));
            }
            return entry;
        }

        private static Entry person(String name) {
            Entry entry = entry(name, "user");
            entry.addAttribute("homeMDB", "CN=DB1,CN=SG1,CN=InformationStore,CN=MBX1");
            return entry;
        }

        private static Entry entry(String name, String objectClass) {
            return new Entry(
                    "CN=" + name + "," + BASE,
                    new Attribute("objectClass", "top", objectClass),
                    new Attribute("cn", name),
                    new Attribute("mail", name + DOMAIN),
                    new Attribute("proxyAddresses", "SMTP:" + name + DOMAIN));
        }

        @Override
        public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new BindResponseProtocolOp(0, null, null, null, null));
        }

        @Override
        public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new AddResponseProtocolOp(53, null, null, null));
        }

        @Override
        public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new CompareResponseProtocolOp(53, null, null, null));
        }

        @Override
        public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new DeleteResponseProtocolOp(53, null, null, null));
        }

        @Override
        public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new ExtendedResponseProtocolOp(2, null, null, null, null, null));
        }

        @Override
        public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new ModifyResponseProtocolOp(53, null, null, null));
        }

        @Override
        public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new ModifyDNResponseProtocolOp(53, null, null, null));
        }
    }

    // ---- the mailbox server

    private static void sink(int port, Path folder, int people) throws IOException {
        Sink sink = new Sink(folder, people);
        Thread writer = new Thread(sink::publishAgainAndAgain, "count");
        writer.setDaemon(true);
        writer.start();
        try (ServerSocket door = new ServerSocket(port, 200, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket client = door.accept();
                Thread session = new Thread(() -> sink.serve(client), "session");
                session.setDaemon(true);
                session.start();
            }
        }
    }

    private static final class Sink {
        private final Path folder;
        private final AtomicIntegerArray copies;
        private final AtomicInteger persons = new AtomicInteger();
        private final AtomicInteger all = new AtomicInteger();
        private final AtomicInteger transactions = new AtomicInteger();

        Sink(Path folder, int people) {
            this.folder = folder;
            this.copies = new AtomicIntegerArray(people);
        }

        void publishAgainAndAgain() {
            try {
                while (true) {
                    publish(folder.resolve("count"), persons + " " + all + " " + transactions);
                    Thread.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void serve(Socket client) {
            try (client;
                    InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
                    OutputStream out = client.getOutputStream()) {
                client.setTcpNoDelay(true);
                if (Files.exists(folder.resolve("closed"))) {
                    out.write("421 4.3.2 closed\r\n".getBytes(StandardCharsets.US_ASCII));
                    return;
                }
                converse(new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1 << 16), out);
            } catch (IOException e) {
                // A client that is killed leaves in the middle of a sentence.
                System.err.println("session ended: " + e.getMessage());
            }
        }

        private void converse(BufferedReader in, OutputStream out) throws IOException {
            StringBuilder replies = new StringBuilder("220 sink.million.test ESMTP\r\n");
            List<Integer> recipients = new ArrayList<>();
            String line;
            do {
                if (!in.ready() && replies.length() > 0) {
                    out.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
                    replies.setLength(0);
                }
                line = in.readLine();
                if (line != null) {
                    replies.append(answer(line, recipients, in));
                }
                if (line != null && line.equalsIgnoreCase("DATA")) {
                    out.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
                    replies.setLength(0);
                    replies.append(data(in, recipients));
                }
            } while (line != null && !line.equalsIgnoreCase("QUIT"));
            out.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
        }

        private static String answer(String line, List<Integer> recipients, BufferedReader in) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
            switch (verb) {
                case "EHLO":
                    return "250-sink.million.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 0\r\n";
                case "MAIL", "RSET":
                    recipients.clear();
                    return "250 2.0.0 ok\r\n";
                case "RCPT":
                    String address = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    recipients.add(Integer.valueOf(address.substring("person".length(), address.indexOf('@'))));
                    return "250 2.1.5 ok\r\n";
                case "DATA":
                    return "354 go on\r\n";
                case "QUIT":
                    return "221 2.0.0 bye\r\n";
                default:
                    return "250 2.0.0 ok\r\n";
            }
        }

        private String data(BufferedReader in, List<Integer> recipients) throws IOException {
            String line = in.readLine();
            while (line != null && !line.equals(".")) {
                line = in.readLine();
            }
            if (line == null) {
                throw new IOException("the message has no end");
            }
            for (int person : recipients) {
                if (copies.getAndIncrement(person) == 0) {
                    persons.incrementAndGet();
                }
                all.incrementAndGet();
            }
            transactions.incrementAndGet();
            return "250 2.0.0 taken\r\n";
        }
    }

    // ---- the client

    private static void send(String door) throws IOException {
        int colon = door.lastIndexOf(':');
        try (Socket socket = new Socket(door.substring(0, colon), Integer.parseInt(door.substring(colon + 1)));
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            OutputStream out = socket.getOutputStream();
            expect(in, "220");
            for (String said : List.of(
                    "EHLO client.million.test",
                    "MAIL FROM:<boss@elsewhere.test>",
                    "RCPT TO:<everybody" + DOMAIN + ">")) {
                say(out, said);
                expect(in, "250");
            }
            say(out, "DATA");
            expect(in, "354");
            say(out, "Subject: To everybody\r\n\r\nGood news for each of you.\r\n.");
            expect(in, "250");
            say(out, "QUIT");
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void expect(BufferedReader in, String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new IOException("wanted " + code + ", got " + line);
        }
    }
}
