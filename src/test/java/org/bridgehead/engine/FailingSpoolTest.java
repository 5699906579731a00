package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.spool.Recovered;
import org.bridgehead.io.spool.RocksSpool;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that refuses for a while: new mail is told to come again, what is under way goes on and is written later. */
class FailingSpoolTest {
    @TempDir
    Path folder;

    /** The real one, refusing on demand. */
    private static final class Refusing extends ForwardingSpool {
        private volatile boolean acceptances;
        private volatile boolean everyThird;
        private int writes;
        private int refused;

        Refusing(Spool real) {
            super(real);
        }

        @Override
        public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
            boolean refuse;
            synchronized (this) {
                refuse = synced ? acceptances : everyThird && writes++ % 3 == 0;
                refused += refuse ? 1 : 0;
            }
            if (refuse) {
                throw new IOException("No space left on device");
            }
            super.write(shard, records, synced);
        }

        @Override
        public Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
            if (acceptances) {
                throw new IOException("No space left on device");
            }
            return super.writeAhead(shard, records);
        }
    }

    private final List<Refusing> spools = new ArrayList<>();

    private MailOrganization start() throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of("topologies/minimal.yaml"));
        Storage refusing = new Storage(
                where -> {
                    Refusing spool = new Refusing(RocksSpool.open(where));
                    spools.add(spool);
                    return spool;
                },
                MailStoreSettings.DEFAULT);
        return MailOrganization.start(
                OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                        .durable(folder.resolve("data"))
                        .virtualFrom(Instant.parse("2007-03-01T08:00:00Z")),
                refusing);
    }

    @Test
    void mailThatCannotBeKeptIsToldToComeAgain() throws Exception {
        try (MailOrganization org = start()) {
            spools.get(0).acceptances = true;
            SendResult refused = org.send(mail -> mail.from("anna@contoso.test")
                    .to("bert@contoso.test")
                    .subject("come again")
                    .withoutOutbox());
            assertThat(refused.accepted()).isFalse();
            assertThat(refused.outcomes().toString()).contains("451");
            spools.get(0).acceptances = false;
            assertThat(send(org).accepted()).isTrue();
            org.clock().runUntilIdle();
            assertThat(org.mailbox("bert@contoso.test").messages()).hasSize(1);
        }
    }

    /** What comes behind a refused batch is written after it, and nothing is left of mail that was delivered. */
    @Test
    void whatWasRefusedIsWrittenLaterInItsOrder() throws Exception {
        try (MailOrganization org = start()) {
            spools.get(0).everyThird = true;
            for (int i = 0; i < 60; i++) {
                assertThat(send(org).accepted()).isTrue();
                org.clock().advance(Duration.ofSeconds(i % 5));
            }
            spools.get(0).everyThird = false;
            org.clock().advance(Duration.ofMinutes(30));
            assertThat(org.mailbox("bert@contoso.test").messages()).hasSize(60);
            assertThat(spools.get(0).refused).isGreaterThan(3);
            assertThat(org.shutDown().isEmpty()).isTrue();
        }
        try (Spool spool = RocksSpool.open(folder.resolve("data/spool"))) {
            List<Recovered> left = new ArrayList<>();
            for (Shard shard : spool.shards()) {
                spool.recover(shard, left::add);
            }
            assertThat(left).isEmpty();
        }
    }

    private static SendResult send(MailOrganization org) {
        return org.send(
                mail -> mail.from("anna@contoso.test").to("bert@contoso.test").subject("keep me"));
    }
}
