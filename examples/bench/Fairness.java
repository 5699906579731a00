import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What stands around the hub in the fairness benchmark: clients that send small letters at a steady pace, the server that
 * takes them and the members' mail, and next hops that take a connection and never say a word.
 *
 * <p>{@code Fairness DOOR SINK_PORT HOLE_PORT PEOPLE DEAD LETTERS SECONDS RATE STORE}: measures letters for SECONDS while
 * nothing else is in work, then while LETTERS letters wait for each of DEAD dead domains and a message to everybody is
 * being expanded and delivered (when it is done, another one follows) to a server that takes STORE microseconds for each
 * member. Prints both, and the ratios.
 */
final class Fairness {
    private static final int CLIENTS = 4;
    private static final int MOST_LETTERS = 1_000_000;
    private static final int DIVISION = 10_000;
    private static final String SUBJECT = "Subject: letter ";
    private static final String GREETING =
            "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n";
    private static final List<String> TARGETS = List.of("probe@living.test", "person7@million.test");
    private static final List<String> WORDS = List.of("for another next hop", "for the members' server");

    /** By letter: when its last octet was written, when 250 was read, when the server had it. */
    private final AtomicLongArray written = new AtomicLongArray(MOST_LETTERS);

    private final AtomicLongArray accepted = new AtomicLongArray(MOST_LETTERS);
    private final AtomicLongArray arrived = new AtomicLongArray(MOST_LETTERS);
    private final AtomicInteger letters = new AtomicInteger();
    private final AtomicLong members = new AtomicLong();
    private final InetSocketAddress door;
    private final int people;
    private volatile int micros;

    private Fairness(String door, int people) {
        int colon = door.lastIndexOf(':');
        this.door = new InetSocketAddress(door.substring(0, colon), Integer.parseInt(door.substring(colon + 1)));
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        int[] numbers = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        Fairness fairness = new Fairness(arguments[0], numbers[2]);
        try (ServerSocket sink = new ServerSocket(numbers[0], 200, InetAddress.getLoopbackAddress());
                // Nobody takes the connections out of this one: the kernel completes them, and that is all they hear.
                ServerSocket hole = new ServerSocket(numbers[1], 4000)) {
            inBackground("sink", () -> fairness.serve(sink));
            fairness.run(numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]);
            System.exit(hole.isClosed() ? 1 : 0);
        }
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int dead, int perDead, int seconds, int rate, int store) throws Exception {
        warmUp(seconds, rate);
        Times before = measure(seconds, rate);
        try (Client client = new Client()) {
            for (int i = 0; i < perDead * dead; i++) {
                client.send("user@dead" + i % dead + ".test", "waits");
            }
        }
        long warm = members.get();
        micros = store;
        inBackground("everybody", this::everybody);
        await(() -> members.get() > warm);
        long first = members.get();
        long begun = System.nanoTime();
        Times under = measure(seconds, rate);
        double each = (members.get() - first) * 1e9 / (System.nanoTime() - begun);
        System.out.printf(Locale.ROOT, "%d letters a second; under load %.0f members a second beside them%n", rate, each);
        for (int target = 0; target < TARGETS.size(); target++) {
            String what = WORDS.get(target);
            print("accepted to delivered, " + what, before.accepted(target), under.accepted(target));
            print("written to delivered, " + what, before.written(target), under.written(target));
        }
    }

    /** Both kinds of mail have been compiled after this: letters, and groups of ten thousand. */
    private void warmUp(int seconds, int rate) throws Exception {
        int divisions = Math.min(30, people / DIVISION);
        try (Client client = new Client()) {
            for (int division = 0; division < divisions; division++) {
                client.send("division" + division + "@million.test", "To a division");
            }
        }
        for (int times = 8; times > 1; times /= 2) {
            measure(seconds, rate * times);
        }
        await(() -> members.get() >= (long) divisions * DIVISION);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing came for five minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Keeps a message to everybody in work. */
    private void everybody() {
        try (Client client = new Client()) {
            while (true) {
                long due = members.get() + people;
                client.send("everybody@million.test", "To everybody");
                await(() -> members.get() >= due);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends letters at a pace, to the targets in turn, and waits for all of them. */
    private Times measure(int seconds, int rate) throws Exception {
        int count = seconds * rate;
        int first = letters.getAndAdd(count);
        AtomicInteger next = new AtomicInteger(first);
        ScheduledExecutorService pace = Executors.newScheduledThreadPool(CLIENTS);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client();
            clients.add(client);
            Runnable work = () -> letter(client, next.getAndIncrement(), first + count);
            pace.scheduleAtFixedRate(
                    work, i * 1_000_000L / rate, CLIENTS * 1_000_000L / rate, TimeUnit.MICROSECONDS);
        }
        for (int i = first; i < first + count; i++) {
            int number = i;
            await(() -> arrived.get(number) != 0 && accepted.get(number) != 0);
        }
        pace.shutdownNow();
        for (Client client : clients) {
            client.close();
        }
        return new Times(first, count);
    }

    private void letter(Client client, int number, int end) {
        if (number >= end) {
            return;
        }
        try {
            client.begin(TARGETS.get(number % TARGETS.size()));
            written.set(number, System.nanoTime());
            client.end(SUBJECT + number);
            accepted.set(number, System.nanoTime());
        } catch (IOException e) {
            System.err.println("letter " + number + ": " + e.getMessage());
            System.exit(1);
        }
    }

    /** What was measured of some letters. */
    private final class Times {
        private final int first;
        private final int count;

        Times(int first, int count) {
            this.first = first;
            this.count = count;
        }

        long[] accepted(int target) {
            return since(accepted, target);
        }

        long[] written(int target) {
            return since(written, target);
        }

        /** Sorted nanoseconds from a moment to the arrival; a letter may be there before its sender has read 250. */
        private long[] since(AtomicLongArray moment, int target) {
            long[] times = new long[count / TARGETS.size()];
            int found = 0;
            for (int number = first; number < first + count && found < times.length; number++) {
                if (number % TARGETS.size() == target) {
                    times[found++] = Math.max(0, arrived.get(number) - moment.get(number));
                }
            }
            Arrays.sort(times, 0, found);
            return Arrays.copyOf(times, found);
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
    }

    private static void print(String what, long[] before, long[] under) {
        double plain = at(before, 0.99);
        double loaded = at(under, 0.99);
        System.out.printf(
                Locale.ROOT,
                "%s: unloaded p50 %.1f ms, p99 %.1f ms; under load p50 %.1f ms, p99 %.1f ms, ratio %.2f%n",
                what,
                at(before, 0.5),
                plain,
                at(under, 0.5),
                loaded,
                loaded / plain);
    }

    // ---- the server of the members and of the living next hop

    private void serve(ServerSocket door) {
        try {
            while (true) {
                Socket client = door.accept();
                inBackground("session", () -> serve(client));
            }
        } catch (IOException e) {
            System.err.println("the sink ends: " + e.getMessage());
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in = reader(client)) {
            client.setTcpNoDelay(true);
            converse(in, client.getOutputStream());
        } catch (IOException e) {
            System.err.println("session ended: " + e.getMessage());
        }
    }

    private void converse(BufferedReader in, OutputStream out) throws IOException {
        StringBuilder replies = new StringBuilder("220 sink.test ESMTP\r\n");
        int recipients = 0;
        String line = "";
        while (line != null && !line.equals("QUIT")) {
            if (!in.ready()) {
                flush(replies, out);
            }
            line = in.readLine();
            if (line == null) {
                return;
            }
            if (line.equals("DATA")) {
                replies.append("354 go on\r\n");
                flush(replies, out);
                data(in, recipients);
                line = "";
            }
            recipients = line.startsWith("RCPT") ? recipients + 1 : 0;
            replies.append(line.startsWith("EHLO") ? GREETING : "250 2.0.0 ok\r\n");
        }
        flush(replies, out);
    }

    private static void flush(StringBuilder replies, OutputStream out) throws IOException {
        out.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
        replies.setLength(0);
    }

    private void data(BufferedReader in, int recipients) throws IOException {
        int number = -1;
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("the message has no end");
            }
            if (line.startsWith(SUBJECT)) {
                number = Integer.parseInt(line.substring(SUBJECT.length()));
            }
        }
        if (number >= 0) {
            arrived.compareAndSet(number, 0, System.nanoTime());
        } else {
            try {
                TimeUnit.MICROSECONDS.sleep((long) recipients * micros); // as long as a store takes for them
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            members.addAndGet(recipients);
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
    }

    // ---- the clients

    private final class Client implements Closeable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        Client() throws IOException {
            socket.connect(door);
            socket.setTcpNoDelay(true);
            in = reader(socket);
            expect("220");
            say("EHLO client.test");
            expect("250");
        }

        void send(String to, String subject) throws IOException {
            begin(to);
            end("Subject: " + subject);
        }

        void begin(String to) throws IOException {
            say("MAIL FROM:<sender@elsewhere.test>\r\nRCPT TO:<" + to + ">\r\nDATA");
            expect("250");
            expect("250");
            expect("354");
        }

        void end(String header) throws IOException {
            say(header + "\r\n\r\n" + "A line of a small letter, as many are written.\r\n".repeat(20) + ".");
            expect("250");
        }

        private void say(String lines) throws IOException {
            socket.getOutputStream().write((lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        private void expect(String code) throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            if (line == null || !line.startsWith(code)) {
                throw new IOException("wanted " + code + ", got " + line);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
