package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.smtp.AuthExchange.Step;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a session, one at a time: what is allowed now, what is answered, and what the session has to read
 * next. Knows nothing of octets behind a command. Owned by one {@link ReceiveSession}. (Longer than most files: the
 * rules of one protocol, side by side.)
 */
final class ReceiveDialogue {
    /** What the session reads next. */
    enum Next {
        /** Another command. */
        COMMAND,
        /** The answer to a challenge. */
        RESPONSE,
        /** A message, up to its final dot, once the shell has room for it. */
        DATA,
        /** The octets of {@link #chunk()}, to be thrown away when {@link #chunkRefusal()} is set. */
        CHUNK,
        /** A TLS handshake. */
        TLS,
        /** Nothing: the connection closes. */
        CLOSE
    }

    private static final int AUTH_LINE = 12_288;
    private static final int STATE_LINE = 65_536;
    private static final int PARAMETER_ROOM = 2_048;
    private static final Reply OK = Reply.of(250, "2.0.0", "OK");

    private final ReceiveConfig config;
    private final ReceivePolicy policy;
    private final Outbox out;
    private final Scribe scribe;
    private final CommandParser parser;
    private final ReceiveTransaction transaction = new ReceiveTransaction();
    private final String nonce;
    private Peer peer;
    private List<String> certificateNames = List.of();
    private boolean extended;
    private @Nullable AuthExchange auth;
    private Command.Bdat chunk = new Command.Bdat(0, false);
    private int chunkReplies = 1;
    private @Nullable Reply chunkRefusal;
    private int exchanges;
    /** The last MAIL was refused; what follows may have been sent before that was known. */
    private boolean mailRefused;

    private int errors;
    private int logonFailures;
    private int idleCommands;

    ReceiveDialogue(ReceiveConfig config, ReceivePolicy policy, Peer peer, String nonce, Outbox out) {
        this.config = config;
        this.policy = policy;
        this.peer = peer;
        this.nonce = nonce;
        this.out = out;
        this.scribe = policy.scribe(peer);
        out.tell(scribe);
        this.parser = new CommandParser(config);
    }

    Peer peer() {
        return peer;
    }

    boolean extended() {
        return extended;
    }

    ReceiveTransaction transaction() {
        return transaction;
    }

    /** The BDAT whose octets follow. */
    Command.Bdat chunk() {
        return chunk;
    }

    /** How many replies the current chunk is answered with: LMTP gives one per recipient behind the last. */
    int chunkReplies() {
        return chunkReplies;
    }

    Optional<Reply> chunkRefusal() {
        return Optional.ofNullable(chunkRefusal);
    }

    void refuseChunk(Reply reply) {
        chunkRefusal = reply;
        transaction.reset();
    }

    /** Octets a line may have, without CR LF, before the command is known. */
    int longestLine() {
        if (peer.trust().isServer()) {
            return STATE_LINE - 2;
        }
        int command = config.limits().maxCommandLine() + PARAMETER_ROOM;
        return Math.max(command, config.users() || config.servers() ? AUTH_LINE : 0) - 2;
    }

    Next greet() {
        Optional<Reply> refusal = policy.connected(peer);
        if (refusal.isPresent()) {
            out.reply(refusal.get());
            return Next.CLOSE;
        }
        out.reply(Reply.plain(220, config.serverName() + (config.isLmtp() ? " LMTP" : " ESMTP") + " Bridgehead"));
        return Next.COMMAND;
    }

    /** A message has been accepted or refused as a whole. */
    void messageOver() {
        transaction.reset();
        idleCommands = 0;
    }

    /** All the peer has said in clear is forgotten (RFC 3207 section 4.2). */
    void secured(List<String> names) {
        peer = peer.secured();
        certificateNames = List.copyOf(names);
        extended = false;
        auth = null;
        transaction.reset();
    }

    /** Carries out one line. */
    Next line(byte[] line, int length) {
        scribe.heard(peer, line, length, auth != null || startsWith(line, length, "AUTH "));
        if (auth != null) {
            return respond(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        }
        if (length > longest(line, length)) {
            return tooLong();
        }
        Command command = parser.parse(line, length);
        if (command instanceof Command.Bad bad) {
            return bad(bad);
        }
        boolean clear = config.tls() == Tls.REQUIRED && !peer.tls();
        if (clear && !isAllowedInClear(command)) {
            Reply reply = Reply.of(530, "5.7.0", "Must issue a STARTTLS command first");
            // The octets of a chunk come all the same.
            return command instanceof Command.Bdat bdat ? refusedChunk(bdat, reply) : error(reply);
        }
        return instead(command, line, length).map(this::say).orElseGet(() -> carryOut(command));
    }

    private Optional<Reply> instead(Command command, byte[] line, int length) {
        boolean asksLater = command instanceof Command.Mail
                || command instanceof Command.Rcpt
                || command instanceof Command.Data
                || command instanceof Command.Bdat;
        return asksLater ? Optional.empty() : policy.command(peer, verb(line, length));
    }

    private static String verb(byte[] line, int length) {
        int end = 0;
        while (end < length && line[end] > ' ') {
            end++;
        }
        return new String(line, 0, end, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    private static boolean startsWith(byte[] line, int length, String word) {
        return length >= word.length()
                && new String(line, 0, word.length(), StandardCharsets.ISO_8859_1).equalsIgnoreCase(word);
    }

    Next tooLong() {
        auth = null;
        return error(Reply.of(500, "5.5.2", "Line too long"));
    }

    private static boolean isAllowedInClear(Command command) {
        return command instanceof Command.Hello
                || command instanceof Command.StartTls
                || command instanceof Command.Noop
                || command instanceof Command.Help
                || command instanceof Command.Rset
                || command instanceof Command.Quit;
    }

    private int longest(byte[] line, int length) {
        String verb = new String(line, 0, Math.min(6, length), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        int plain = config.limits().maxCommandLine();
        int longest = verb.equals("XSTATE")
                ? STATE_LINE
                : verb.startsWith("AUTH ")
                        ? AUTH_LINE
                        : verb.startsWith("MAIL ") || verb.startsWith("RCPT ") ? plain + PARAMETER_ROOM : plain;
        return longest - 2;
    }

    private Next carryOut(Command command) {
        if (command instanceof Command.Mail mail) {
            return mail(mail);
        } else if (command instanceof Command.Rcpt rcpt) {
            return rcpt(rcpt);
        } else if (command instanceof Command.Data) {
            return data();
        } else if (command instanceof Command.Bdat bdat) {
            return bdat(bdat);
        } else if (command instanceof Command.Hello hello) {
            return hello(hello);
        } else if (command instanceof Command.State state) {
            return state(state);
        } else if (command instanceof Command.Auth start) {
            return auth(start);
        } else if (command instanceof Command.StartTls) {
            return startTls();
        } else if (command instanceof Command.Quit) {
            say(Reply.of(221, "2.0.0", config.serverName() + " closing connection"));
            return Next.CLOSE;
        }
        return idle(command);
    }

    private Next idle(Command command) {
        if (command instanceof Command.Rset) {
            transaction.reset();
            return idle(OK);
        } else if (command instanceof Command.Vrfy) {
            return idle(Reply.of(252, "2.5.2", "Cannot verify; send mail and see"));
        } else if (command instanceof Command.Help) {
            return idle(Reply.of(214, "2.0.0", "Bridgehead speaks RFC 5321"));
        }
        return idle(OK);
    }

    private Next idle(Reply reply) {
        boolean tooMany = ++idleCommands > config.limits().maxIdleCommands();
        return tooMany ? error(reply) : say(reply);
    }

    private Next hello(Command.Hello hello) {
        if (config.isLmtp() != hello.verb().equals("LHLO")) {
            return error(
                    Reply.of(500, "5.5.1", config.isLmtp() ? "This is LMTP: send LHLO" : "This is SMTP: send EHLO"));
        }
        transaction.reset();
        peer = peer.named(hello.name());
        extended = !hello.verb().equals("HELO");
        String greeting = config.serverName() + " Hello [" + peer.address() + "]";
        List<String> lines = new ArrayList<>();
        lines.add(greeting);
        if (extended) {
            lines.addAll(offers());
        }
        return idle(new Reply(250, Optional.empty(), lines));
    }

    private ReceiveLimits limits() {
        return peer.trust().isServer() ? config.limits().betweenServers() : config.limits();
    }

    private List<String> offers() {
        List<String> lines = new ArrayList<>();
        for (Extension extension : config.extensions()) {
            String keyword = extension.keyword();
            lines.add(extension == Extension.SIZE ? keyword + " " + limits().maxMessageSize() : keyword);
        }
        if (config.tls() != Tls.NONE && !peer.tls()) {
            lines.add("STARTTLS");
        }
        List<String> mechanisms = mechanisms();
        if (!mechanisms.isEmpty() && !peer.trust().isAuthenticated()) {
            lines.add("AUTH " + String.join(" ", mechanisms));
        }
        if (peer.trust().isServer()) {
            lines.add("XBRIDGEHEAD");
        }
        return lines;
    }

    private List<String> mechanisms() {
        List<String> mechanisms = new ArrayList<>();
        if (config.tls() == Tls.REQUIRED && !peer.tls()) {
            return mechanisms;
        }
        if (config.servers() && policy.serverCredentials().isPresent()) {
            mechanisms.add(Scram.MECHANISM);
        }
        if (config.servers() && !certificateNames.isEmpty()) {
            mechanisms.add("EXTERNAL");
        }
        if (config.users() && mayShowPassword()) {
            mechanisms.addAll(List.of("PLAIN", "LOGIN"));
        }
        return mechanisms;
    }

    private boolean mayShowPassword() {
        return peer.tls() || (config.usersInClear() && peer.loopback());
    }

    private Next mail(Command.Mail mail) {
        if (peer.hello().isEmpty()) {
            return helloFirst();
        } else if (transaction.isOpen()) {
            return error(Reply.of(503, "5.5.1", "Sender already given"));
        }
        mailRefused = false;
        Optional<Reply> refusal = mailRefusal(mail);
        if (refusal.isPresent()) {
            transaction.reset();
            mailRefused = true;
            idleCommands = 0;
            return say(refusal.get());
        }
        transaction.open(mail);
        return say(Reply.of(250, "2.1.0", "Sender OK"));
    }

    private Optional<Reply> mailRefusal(Command.Mail mail) {
        if (!mail.smtpUtf8() && mail.sender().filter(a -> a.needsSmtpUtf8()).isPresent()) {
            return Optional.of(utf8Needed());
        }
        if (mail.size() > limits().maxMessageSize()) {
            return Optional.of(MessageIntake.tooBig(limits()));
        }
        return policy.sender(peer, mail.sender(), mail.size());
    }

    private Next rcpt(Command.Rcpt rcpt) {
        if (!transaction.isOpen()) {
            return peer.hello().isEmpty() ? helloFirst() : outOfOrder(Reply.of(503, "5.5.1", "Need MAIL before RCPT"));
        } else if (transaction.isChunking()) {
            return error(Reply.of(503, "5.5.1", "The message has begun"));
        }
        Optional<Reply> refusal = rcptRefusal(rcpt);
        if (refusal.isPresent()) {
            transaction.refusedRecipient();
            return say(refusal.get());
        }
        transaction.add(rcpt.recipient());
        return say(Reply.of(250, "2.1.5", "Recipient OK"));
    }

    private Optional<Reply> rcptRefusal(Command.Rcpt rcpt) {
        if (!transaction.mail().smtpUtf8() && rcpt.recipient().address().needsSmtpUtf8()) {
            return Optional.of(utf8Needed());
        }
        if (transaction.size() >= config.limits().maxRecipients()) {
            return Optional.of(Reply.of(452, "4.5.3", "Too many recipients"));
        }
        return policy.recipient(peer, transaction.mail().sender(), transaction.recipients(), rcpt.recipient());
    }

    private static Reply utf8Needed() {
        return Reply.of(553, "5.6.7", "The address needs SMTPUTF8");
    }

    private Next data() {
        Optional<Reply> outOfOrder = notReady();
        if (outOfOrder.isPresent()) {
            return outOfOrder(outOfOrder.get());
        } else if (transaction.isChunking()) {
            return error(Reply.of(503, "5.5.1", "BDAT has begun the message"));
        }
        Optional<Reply> refusal = policy.data(peer, transaction.envelope());
        if (refusal.isPresent()) {
            messageOver();
            return say(refusal.get());
        }
        return Next.DATA;
    }

    private Next bdat(Command.Bdat bdat) {
        if (bdat.size() > MessageIntake.endless(config)) {
            say(MessageIntake.tooBig(limits()));
            return Next.CLOSE;
        } else if (!config.offers(Extension.CHUNKING)) {
            return refusedChunk(bdat, Reply.of(502, "5.5.1", "BDAT is not offered"));
        }
        Optional<Reply> refusal = notReady();
        if (refusal.isPresent()) {
            return refusedChunk(bdat, refusal.get());
        }
        expect(bdat);
        if (!transaction.isChunking()) {
            policy.data(peer, transaction.envelope()).ifPresent(this::refuseChunk);
        }
        return Next.CHUNK;
    }

    /** The octets of a chunk come whether it is wanted or not. */
    private Next refusedChunk(Command.Bdat bdat, Reply reply) {
        boolean counts = !isPipelined() || ++idleCommands > config.limits().maxIdleCommands();
        if (counts && ++errors >= config.limits().maxProtocolErrors()) {
            return tooManyErrors();
        }
        expect(bdat);
        refuseChunk(reply);
        return Next.CHUNK;
    }

    private void expect(Command.Bdat bdat) {
        chunk = bdat;
        chunkReplies = config.isLmtp() && bdat.last() ? Math.max(1, transaction.size()) : 1;
        chunkRefusal = null;
    }

    private Optional<Reply> notReady() {
        if (peer.hello().isEmpty()) {
            return Optional.of(Reply.of(503, "5.5.2", "Send hello first"));
        } else if (!transaction.isOpen()) {
            return Optional.of(Reply.of(503, "5.5.1", "Need MAIL and RCPT first"));
        } else if (transaction.size() == 0) {
            // RFC 2033 section 4.2 wants 503 of LMTP, RFC 5321 section 3.3 allows both.
            return Optional.of(Reply.of(
                    transaction.hasRefusedRecipient() && !config.isLmtp() ? 554 : 503, "5.5.1", "No valid recipients"));
        }
        return Optional.empty();
    }

    private Next state(Command.State state) {
        if (!peer.trust().isServer()) {
            return say(Reply.of(550, "5.7.1", "XSTATE is for servers of this organization"));
        } else if (peer.hello().isEmpty() || transaction.isOpen()) {
            return error(Reply.of(503, "5.5.1", "XSTATE stands before MAIL"));
        }
        try {
            transaction.told(XState.read(state.argument()));
            return say(OK);
        } catch (IllegalArgumentException e) {
            transaction.reset();
            return error(Reply.of(501, "5.5.4", String.valueOf(e.getMessage())));
        }
    }

    private Next startTls() {
        if (config.tls() == Tls.NONE || peer.tls()) {
            return error(Reply.of(peer.tls() ? 503 : 502, "5.5.1", "STARTTLS is not offered now"));
        }
        transaction.reset();
        say(Reply.of(220, "2.0.0", "Ready to start TLS"));
        return Next.TLS;
    }

    private Next auth(Command.Auth start) {
        boolean password = List.of("PLAIN", "LOGIN").contains(start.mechanism());
        if (peer.hello().isEmpty()) {
            return helloFirst();
        } else if (transaction.isOpen() || peer.trust().isAuthenticated()) {
            return error(Reply.of(503, "5.5.1", "Not now, or not again"));
        } else if (password && config.users() && !mayShowPassword()) {
            return error(Reply.of(538, "5.7.11", "Encryption required for this mechanism"));
        } else if (!mechanisms().contains(start.mechanism())) {
            return error(Reply.of(504, "5.5.4", "Mechanism not offered"));
        }
        Optional<ScramServer> scram = start.mechanism().equals(Scram.MECHANISM)
                ? policy.serverCredentials().map(c -> new ScramServer(c, nonce + exchanges++))
                : Optional.empty();
        AuthExchange exchange = new AuthExchange(start.mechanism(), peer, certificateNames, policy, scram);
        auth = exchange;
        return authenticated(exchange.begin(start.initial()));
    }

    private Next respond(String line) {
        AuthExchange exchange = auth;
        if (exchange == null) {
            throw new IllegalStateException("no challenge was given");
        }
        return authenticated(exchange.respond(line));
    }

    private Next authenticated(Step step) {
        if (step instanceof Step.Challenge challenge) {
            out.reply(Reply.plain(334, challenge.text()));
            return Next.RESPONSE;
        }
        auth = null;
        if (step instanceof Step.Success success) {
            peer = peer.trusted(success.trust());
            return say(Reply.of(235, "2.7.0", "Authentication successful"));
        }
        Step.Failure failure = (Step.Failure) step;
        if (failure.counts() && ++logonFailures >= config.limits().maxLogonFailures()) {
            return say(Reply.of(421, "4.7.0", "Too many failed logons"));
        }
        return failure.counts() ? say(failure.reply()) : error(failure.reply());
    }

    private Next bad(Command.Bad bad) {
        if (bad.closes()) {
            say(bad.reply());
            return Next.CLOSE;
        }
        return bad.counts() ? error(bad.reply()) : say(bad.reply());
    }

    private Next helloFirst() {
        return error(Reply.of(503, "5.5.2", "Send hello first"));
    }

    private boolean isPipelined() {
        return mailRefused || transaction.hasRefusedRecipient();
    }

    /** What was pipelined behind a refused MAIL or RCPT (RFC 2920) is no error of the client. */
    private Next outOfOrder(Reply reply) {
        return isPipelined() ? idle(reply) : error(reply);
    }

    private Next error(Reply reply) {
        return ++errors >= config.limits().maxProtocolErrors() ? tooManyErrors() : say(reply);
    }

    private Next tooManyErrors() {
        return say(Reply.of(421, "4.7.0", "Too many errors"));
    }

    /** Answers; a 421 ends the connection. */
    Next say(Reply reply) {
        boolean plain = reply.code() / 100 == 3 || !config.offers(Extension.ENHANCEDSTATUSCODES);
        out.reply(plain ? reply.withoutStatus() : reply);
        return reply.closes() ? Next.CLOSE : Next.COMMAND;
    }
}
