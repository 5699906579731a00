package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.bridgehead.io.spool.RocksSpool;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A transfer comes again, over another connection, while the first attempt is still on its way to the disk. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OverlappingTransferTest {
    private static final String SECRET = "correct horse battery staple";

    @TempDir
    Path folder;

    private final List<SpoolRecord.Taken> taken = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsWriting = new CountDownLatch(1);
    private final CountDownLatch mayWrite = new CountDownLatch(1);
    private volatile boolean firstFails;

    /** The first acceptance waits, and then fails if it is to. */
    private final class Slow extends ForwardingSpool {
        Slow(Spool real) {
            super(real);
        }

        @Override
        public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
            for (SpoolRecord record : records) {
                if (record instanceof SpoolRecord.Taken one) {
                    taken.add(one);
                    if (taken.size() == 1) {
                        waitForLeave();
                    }
                }
            }
            super.write(shard, records, synced);
        }

        @Override
        public Ahead writeAhead(Shard shard, List<SpoolRecord> records) {
            return () -> write(shard, records, true);
        }

        private void waitForLeave() throws IOException {
            firstIsWriting.countDown();
            try {
                mayWrite.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (firstFails) {
                throw new IOException("No space left on device");
            }
        }
    }

    private MailOrganization start() throws Exception {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        LoadedTopology loaded = TopologyFile.load(Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative }, secretFile: secret }
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-MBX1: { site: Munich, roles: [mailbox] }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: MUC-MBX1/SG1/DB1 }
            """));
        return MailOrganization.start(
                OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                        .durable(folder.resolve("data"))
                        .virtualFrom(Instant.parse("2007-03-01T08:00:00Z")),
                new Storage(where -> new Slow(RocksSpool.open(where)), MailStoreSettings.DEFAULT));
    }

    private static RecipientOutcome handOver(MailOrganization to, Letter letter, TransferState state) {
        SendConfig hub = SendConfig.plain("BER-HT1", Protocol.SMTP)
                .with(new Credentials.Organization("BER-HT1", SECRET, SmtpConnection.newNonce(), Optional.empty()));
        ConnectResult result = SmtpConnection.connect(to.server("MUC-HT1").smtp(), SmtpConnection.Settings.of(hub));
        try (SmtpConnection connection = ((ConnectResult.Connected) result).connection()) {
            Handover.Mark mark = new Handover.Mark(42, CopyId.original(new InternalId(7)));
            return connection
                    .transmit(
                            new Outgoing(letter.envelope(), Optional.of(state), false, false, Optional.of(mark)),
                            BodySource.of(letter.octets()))
                    .get(0);
        }
    }

    private List<RecipientOutcome> overlap(MailOrganization org) throws Exception {
        Letter letter = Letter.of("overlap", 300, "anna@contoso.test");
        TransferState state = TransferState.fresh(
                Drivers.newTransportId(), org.clock().now(), letter.octets().length, Optional.empty());
        CompletableFuture<RecipientOutcome> first = CompletableFuture.supplyAsync(() -> handOver(org, letter, state));
        firstIsWriting.await();
        CompletableFuture<RecipientOutcome> second =
                CompletableFuture.supplyAsync(() -> handOver(org, letter, state.with(TransferState.Flag.AGAIN)));
        assertThatThrownBy(() -> second.get(1, TimeUnit.SECONDS))
                .as("nothing is answered before the first is on the disk")
                .isInstanceOf(TimeoutException.class);
        mayWrite.countDown();
        List<RecipientOutcome> outcomes = new ArrayList<>(List.of(first.get(), second.get()));
        org.clock().runUntilIdle();
        assertThat(org.mailbox("anna@contoso.test").messages()).hasSize(1);
        return outcomes;
    }

    @Test
    void theRepeatWaitsAndHearsWhatBecameOfTheFirst() throws Exception {
        try (MailOrganization org = start()) {
            List<RecipientOutcome> outcomes = overlap(org);
            assertThat(outcomes.get(0))
                    .isInstanceOf(RecipientOutcome.Delivered.class)
                    .isEqualTo(outcomes.get(1));
            assertThat(taken).hasSize(1);
            assertThat(org.tracking().events().stream().map(TrackingEvent::event))
                    .contains(Kind.DUPLICATERECEIVE)
                    .doesNotContain(Kind.DUPLICATEDELIVER);
        }
    }

    @Test
    void theRepeatTakesThePlaceOfAFirstThatFails() throws Exception {
        firstFails = true;
        try (MailOrganization org = start()) {
            List<RecipientOutcome> outcomes = overlap(org);
            assertThat(outcomes.get(0)).isInstanceOf(RecipientOutcome.Deferred.class);
            assertThat(outcomes.get(1)).isInstanceOf(RecipientOutcome.Delivered.class);
            assertThat(taken).hasSize(2);
        }
    }
}
