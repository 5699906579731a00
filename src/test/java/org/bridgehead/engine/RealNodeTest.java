package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.io.imap.ImapSearch;
import org.bridgehead.io.net.BodySource;
import org.junit.jupiter.api.Test;

/** What goes over the wire to a real node. */
class RealNodeTest {
    private static final String MESSAGE = "Received: from a\r\nSubject: \u00e4\r\n\r\nbody\r\n.\r\n";
    private static final TransportId ID = new TransportId(0xabcL, 0x123L);

    private final List<Outgoing> sent = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();

    private static Transmission mail(boolean again, String... to) {
        TransferState state = TransferState.fresh(ID, Instant.EPOCH, MESSAGE.length(), Optional.empty());
        return new Transmission(
                new CopyId(new InternalId(7), 0),
                Envelope.of(
                        Optional.empty(),
                        List.of(to).stream()
                                .map(address -> Recipient.of(EmailAddress.of(address)))
                                .toList()),
                again ? state.with(TransferState.Flag.AGAIN) : state,
                new HeaderFacts(new MessageId("<1@x.test>"), "", 1, true, false, Optional.empty()),
                new BodyRef("7", MESSAGE.length()));
    }

    private List<RecipientOutcome> deliver(Optional<ImapSearch> search, Transmission mail) {
        byte[] octets = MESSAGE.getBytes(StandardCharsets.ISO_8859_1);
        return new RealNode(MailboxNode.embedded("N"), search)
                .deliver(mail, BodySource.of(octets), (outgoing, body) -> {
                    sent.add(outgoing);
                    try (InputStream stream = body.open()) {
                        bodies.add(stream.readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    assertThat(body.size()).isEqualTo(bodies.get(bodies.size() - 1).length);
                    return outgoing.envelope().recipients().stream()
                            .map(recipient ->
                                    (RecipientOutcome) new RecipientOutcome.Delivered("sent to " + recipient.address()))
                            .toList();
                });
    }

    @Test
    void theIdentityComesFirstAndNoOctetChanges() {
        assertThat(deliver(Optional.empty(), mail(false, "a@x.test", "b@x.test")))
                .containsExactly(
                        new RecipientOutcome.Delivered("sent to a@x.test"),
                        new RecipientOutcome.Delivered("sent to b@x.test"));
        assertThat(new String(bodies.get(0), StandardCharsets.ISO_8859_1))
                .isEqualTo("X-Bridgehead-Id: 0000000000000abc0000000000000123\r\n" + MESSAGE);
        assertThat(sent.get(0).eightBit()).isTrue();
    }

    @Test
    void aFirstDeliveryAsksNobody() {
        ImapSearch asked = new ImapSearch(() -> {
            throw new AssertionError("asked");
        });
        assertThat(deliver(Optional.of(asked), mail(false, "a@x.test"))).hasSize(1);
        assertThat(sent).hasSize(1);
    }

    @Test
    void withoutAnAnswerNothingIsSent() {
        ImapSearch silent = new ImapSearch(() -> {
            throw new IOException("no password today");
        });
        assertThat(deliver(Optional.of(silent), mail(true, "a@x.test", "b@x.test")))
                .containsOnly(new RecipientOutcome.Deferred(EnhancedStatus.of("4.4.3"), "no password today"));
        assertThat(sent).isEmpty();
    }
}
