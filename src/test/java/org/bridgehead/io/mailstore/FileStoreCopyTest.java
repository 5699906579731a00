package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreCopyTest extends LogShippingContract {
    @TempDir
    Path folder;

    private int copies;

    @Override
    StoreCopy copy() {
        return StoreCopy.inFolder(folder.resolve("copy" + copies++));
    }

    @Override
    void damage(StoreCopy copy, String group, long generation, int offset) throws IOException {
        Path log = Path.of(copy.toString(), FileLogStorage.safe(group))
                .resolve(String.format(Locale.ROOT, "%010d.log", generation));
        byte[] octets = Files.readAllBytes(log);
        octets[offset] ^= 0x10;
        Files.write(log, octets);
    }

    @AfterEach
    void nothingPartialIsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("arriving");
        }
    }

    @Test
    void anotherObjectOnTheFolderIsKeptOut() throws IOException {
        StoreCopy one = StoreCopy.inFolder(folder.resolve("one"));
        StoreCopy same = StoreCopy.inFolder(folder.resolve("one"));
        try (MailStore store = Pair.open(one, Activation.RESUME)) {
            assertThat(store.torn()).isEmpty();
            assertThatThrownBy(() -> Pair.open(same, Activation.RESUME)).hasMessageContaining("in use");
            assertThatThrownBy(() -> LogShipping.discardAfter(same, "SG1", 0)).hasMessageContaining("in use");
        }
        Pair.open(same, Activation.RESUME).close();
    }

    @Test
    void whatADyingNodeHadBegunToWriteIsLeftBehind() throws IOException {
        StoreCopy dead = copy();
        StoreCopy survivor = copy();
        MailStore dying = Pair.open(dead, Activation.LOSSLESS);
        List<StoredMessage> stored = Pair.deliver(dying, 1, 3);
        dying.abandon();
        Path log = Path.of(dead.toString(), FileLogStorage.safe("SG1"), "0000000001.log");
        byte[] octets = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(octets, octets.length + 100));
        Shipment shipment = LogShipping.shipOpen(dead, survivor, "SG1");
        assertThat(shipment.complete()).isTrue();
        assertThat(shipment.cutOctets()).isEqualTo(100);
        try (MailStore store = Pair.open(survivor, Activation.LOSSLESS)) {
            assertThat(store.messages("anna")).isEqualTo(stored);
        }
    }

    @Test
    void damageInTheMiddleOfTheOpenLogIsRefused() throws IOException {
        StoreCopy dead = copy();
        StoreCopy survivor = copy();
        MailStore dying = Pair.open(dead, Activation.LOSSLESS);
        long at = Pair.deliver(dying, 1, 3).get(1).position().offset();
        dying.abandon();
        damage(dead, "SG1", 1, (int) at);
        assertThat(LogShipping.shipOpen(dead, survivor, "SG1")
                        .refusal()
                        .orElseThrow()
                        .why())
                .startsWith("damaged");
        assertThat(survivor.generations("SG1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40})
    void aLogThatWasHardlyBegunDoesNotStopShipping(int octets) throws IOException {
        StoreCopy active = copy();
        StoreCopy passive = copy();
        MailStore dying = Pair.open(active, Activation.LOSSLESS);
        Pair.deliver(dying, 1, 10);
        long open = dying.state("SG1").open();
        dying.abandon();
        Path folder = Path.of(active.toString(), FileLogStorage.safe("SG1"));
        Files.write(folder.resolve(String.format(Locale.ROOT, "%010d.log", open + 1)), new byte[octets]);
        try (MailStore store = Pair.open(active, Activation.LOSSLESS)) {
            assertThat(Pair.deliver(store, 11, 40).get(0).uid()).isGreaterThan(10);
            Shipment all = LogShipping.ship(active, passive, "SG1", Long.MAX_VALUE);
            assertThat(all.refusal()).isEmpty();
            assertThat(all.shipped()).contains(open, open + 1, open + 2);
        }
    }
}
