package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.junit.jupiter.api.Test;

/**
 * Both our sessions joined in memory, octets cut at random: what is sent arrives, in every combination of protocol and
 * extensions, and each recipient has the outcome that the receiving side gave it.
 */
class SmtpLoopTest {
    private static final Scram.Credentials ORGANIZATION =
            Scram.Credentials.of("of the organisation", new byte[] {1, 2, 3, 4}, 4096);

    @Test
    void whatIsSentArrives() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("SmtpLoopTest seed " + seed);
        Random random = new Random(seed);
        Optional<Scram.Salted> salted = Optional.empty();
        int delivered = 0;
        for (int round = 0; round < 200; round++) {
            String name = "seed " + seed + " round " + round;
            SmtpLoop loop = connect(new Random(random.nextLong()), salted);
            assertThat(loop.sender.handshake()).as(name).containsInstanceOf(Handshake.Ready.class);
            salted = loop.sender.salted();
            for (int i = 0; i < 4; i++) {
                delivered += exchange(loop, new Random(random.nextLong()), name);
            }
            assertThat(loop.sender.usable()).as(name).isTrue();
            loop.quit();
            assertThat(loop.receiver.isClosed()).as(name).isTrue();
        }
        System.out.println("SmtpLoopTest delivered " + delivered);
        assertThat(delivered).isGreaterThan(1_000);
    }

    private static SmtpLoop connect(Random random, Optional<Scram.Salted> salted) {
        boolean lmtp = random.nextInt(3) == 0;
        boolean tls = random.nextInt(4) == 0;
        boolean server = random.nextBoolean();
        List<Extension> offers = Extension.ALL.stream()
                .filter(e -> e == Extension.EIGHT_BIT_MIME || e == Extension.SMTPUTF8 || random.nextInt(3) > 0)
                .toList();
        ReceiveConfig receiving = (lmtp
                        ? ReceiveConfig.lmtp("peer.example", "BER", ReceiveLimits.HUB)
                        : ReceiveConfig.smtp("peer.example", "BER", ReceiveLimits.HUB))
                .with(offers)
                .with(tls ? ReceiveConfig.Tls.REQUIRED : ReceiveConfig.Tls.NONE)
                .withAuth(false, false, true);
        Credentials credentials = server
                ? new Credentials.Organization("BER-HT1", "of the organisation", "c" + random.nextLong(), salted)
                : new Credentials.Anonymous();
        SendConfig sending = new SendConfig(
                "me.example",
                lmtp ? SendConfig.Protocol.LMTP : SendConfig.Protocol.SMTP,
                tls ? Tls.REQUIRED : Tls.OPPORTUNISTIC,
                credentials,
                true,
                random.nextInt(4) > 0);
        SmtpLoop loop = new SmtpLoop(sending, receiving, new Policy(), random);
        loop.open();
        return loop;
    }

    /** Sends a message and compares; how many recipients got it. */
    private static int exchange(SmtpLoop loop, Random random, String name) {
        boolean eightBit = random.nextBoolean();
        byte[] body = body(random, eightBit);
        Envelope envelope = envelope(random, eightBit);
        TransferState state = XStateTest.random(random);
        int before = loop.messages.size();
        List<RecipientOutcome> outcomes =
                loop.transmit(new Outgoing(envelope, Optional.of(state), eightBit, false), body);
        List<Recipient> accepted = envelope.recipients().stream()
                .filter(r -> !Policy.refuses(r.address()))
                .toList();
        for (int i = 0; i < outcomes.size(); i++) {
            Recipient recipient = envelope.recipients().get(i);
            assertThat(outcomes.get(i).getClass().getSimpleName())
                    .as("%s: %s of %s", name, recipient.address(), envelope)
                    .isEqualTo(expected(loop, recipient));
        }
        if (accepted.isEmpty() || loop.refusesMessage) {
            assertThat(loop.messages).as(name).hasSize(before);
            return 0;
        }
        assertThat(loop.messages).as(name).hasSize(before + 1);
        compare(loop, loop.messages.get(before), envelope.to(accepted), state, body, name);
        return accepted.size();
    }

    private static String expected(SmtpLoop loop, Recipient recipient) {
        if (Policy.refuses(recipient.address())) {
            return "Bounced";
        }
        if (loop.refusesMessage) {
            return "Deferred";
        }
        return loop.isLmtp() && SmtpLoop.full(recipient.address()) ? "Deferred" : "Delivered";
    }

    private static void compare(
            SmtpLoop loop, SmtpLoop.Arrived arrived, Envelope envelope, TransferState state, byte[] body, String name) {
        Capabilities peer = ((Handshake.Ready) loop.sender.handshake().orElseThrow()).capabilities();
        Envelope expected = peer.offers("DSN") ? envelope : withoutDsn(envelope);
        assertThat(arrived.envelope()).as(name).isEqualTo(expected);
        assertThat(arrived.envelope().recipients().toString())
                .isEqualTo(expected.recipients().toString());
        if (peer.offers("XBRIDGEHEAD")) {
            assertThat(arrived.facts().state()).as(name).isEqualTo(state);
        } else {
            assertThat(arrived.facts().state().id()).as(name).isEqualTo(SmtpLoop.ID);
        }
        int added = arrived.octets().length - body.length;
        String text = new String(arrived.octets(), StandardCharsets.ISO_8859_1);
        String sent = new String(body, StandardCharsets.ISO_8859_1);
        boolean closed = !sent.endsWith("\r\n") && text.endsWith(sent + "\r\n");
        assertThat(closed || text.endsWith(sent)).as("%s: the octets", name).isTrue();
        assertThat(text.substring(0, added)).as(name).startsWith("Received: from me.example");
    }

    private static Envelope withoutDsn(Envelope envelope) {
        return new Envelope(
                envelope.sender(),
                envelope.recipients().stream()
                        .map(r -> Recipient.of(r.address()))
                        .toList(),
                envelope.body(),
                envelope.smtpUtf8(),
                Optional.empty(),
                Optional.empty());
    }

    private static Envelope envelope(Random random, boolean eightBit) {
        boolean utf8 = random.nextInt(4) == 0;
        int count = random.nextInt(20) == 0 ? 250 : 1 + random.nextInt(4);
        List<Recipient> recipients = IntStream.range(0, count)
                .mapToObj(i -> recipient(random, i, utf8))
                .toList();
        return new Envelope(
                random.nextInt(5) == 0 ? Optional.empty() : EmailAddress.tryParse("\"an na\"@x.example"),
                recipients,
                eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                utf8 || recipients.stream().anyMatch(r -> r.address().needsSmtpUtf8()),
                random.nextBoolean() ? Optional.of(DsnReturn.HDRS) : Optional.empty(),
                random.nextBoolean() ? Optional.of("QQ+2B" + random.nextInt(100)) : Optional.empty());
    }

    private static Recipient recipient(Random random, int number, boolean utf8) {
        String kind = List.of("user", "no", "full", utf8 ? "\u00fcser" : "user").get(random.nextInt(4));
        List<DsnCondition> conditions = List.of(
                        List.<DsnCondition>of(),
                        List.of(DsnCondition.NEVER),
                        List.of(DsnCondition.SUCCESS, DsnCondition.DELAY))
                .get(random.nextInt(3));
        return new Recipient(
                EmailAddress.of(kind + number + "@y.example"),
                random.nextBoolean() ? Optional.of("rfc822;old+2B" + number + "@y.example") : Optional.empty(),
                conditions);
    }

    /** Header, lines of dots and CR LF, now and then a large one; any octet but NUL where they may be 8-bit. */
    private static byte[] body(Random random, boolean eightBit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("Subject: x\r\nMessage-ID: <m@x.example>\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        int lines = random.nextInt(10) == 0 ? 3_000 : random.nextInt(30);
        for (int i = 0; i < lines; i++) {
            byte[] line = new byte[random.nextInt(60)];
            for (int at = 0; at < line.length; at++) {
                int octet = random.nextInt(4) == 0 ? '.' : 1 + random.nextInt(eightBit ? 255 : 127);
                line[at] = (byte) (octet == '\r' || octet == '\n' ? '.' : octet);
            }
            out.writeBytes(line);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        out.writeBytes(random.nextInt(3) == 0 ? new byte[] {'.'} : new byte[0]);
        return out.toByteArray();
    }

    /** Refuses everybody called "no…"; believes every server that knows the secret. */
    private static final class Policy implements ReceivePolicy {
        static boolean refuses(EmailAddress address) {
            return address.localPart().startsWith("no");
        }

        @Override
        public Optional<Reply> recipient(
                Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
            return refuses(recipient.address())
                    ? Optional.of(Reply.of(550, "5.1.1", "User unknown"))
                    : Optional.empty();
        }

        @Override
        public Optional<Scram.Credentials> serverCredentials() {
            return Optional.of(ORGANIZATION);
        }

        @Override
        public Optional<String> server(Peer peer, String provedName) {
            return Optional.of(provedName);
        }
    }
}
