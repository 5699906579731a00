package org.bridgehead.io.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private static Identity identity(String... hosts) throws IOException {
        return SelfSigned.of(List.of(hosts), NOW.minusSeconds(60), NOW.plusSeconds(3_600));
    }

    private Path write(String name, String type, byte[] octets) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "Bag Attributes: none\n-----BEGIN " + type + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(octets) + "\n-----END " + type + "-----\n");
    }

    @Test
    void aChainAndItsKeyAreReadAsTheyWereWritten() throws Exception {
        Identity own = identity("mail.contoso.test", "smtp.contoso.test");
        Path chain = write("own.pem", "CERTIFICATE", own.chain().get(0).getEncoded());
        Path key = write("own.key", "PRIVATE KEY", own.key().getEncoded());

        Identity read = PemFile.identity(chain, key);

        assertThat(read.chain()).containsExactly(own.chain().get(0));
        assertThat(read.key()).isEqualTo(own.key());
        assertThat(read.server().getProtocol()).isEqualTo("TLS");
        assertThat(own.chain().get(0).getSubjectAlternativeNames().toString())
                .isEqualTo("[[2, mail.contoso.test], [2, smtp.contoso.test]]");
    }

    @Test
    void whatIsWrongIsSaidWithTheFile() throws Exception {
        Identity one = identity("one.test");
        Identity two = identity("two.test");
        Path certificate = write("one.pem", "CERTIFICATE", one.chain().get(0).getEncoded());
        Path otherKey = write("two.key", "PRIVATE KEY", two.key().getEncoded());
        Path locked = write("locked.key", "ENCRYPTED PRIVATE KEY", new byte[] {1});
        Path damaged = write("damaged.pem", "CERTIFICATE", new byte[] {1, 2, 3});
        Path junk = write("junk.key", "PRIVATE KEY", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> PemFile.identity(certificate, otherKey))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("two.key is not the private key of the first certificate in");
        assertThatThrownBy(() -> PemFile.identity(certificate, locked)).hasMessageContaining("PKCS#8, not encrypted");
        assertThatThrownBy(() -> PemFile.identity(certificate, junk)).hasMessageContaining("junk.key holds");
        Path mixed = write("mixed.pem", "CERTIFICATE", one.chain().get(0).getEncoded());
        Path other = write("other.pem", "CERTIFICATE", two.chain().get(0).getEncoded());
        Files.writeString(mixed, Files.readString(mixed) + Files.readString(other));
        Path key = write("one.key", "PRIVATE KEY", one.key().getEncoded());
        assertThatThrownBy(() -> PemFile.identity(mixed, key))
                .hasMessageContaining("behind the certificate of CN=one.test stands that of its issuer");
        assertThatThrownBy(() -> PemFile.certificates(damaged)).hasMessageContaining("damaged certificate");
        assertThatThrownBy(() -> PemFile.certificates(otherKey)).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> PemFile.certificates(folder.resolve("none"))).isInstanceOf(IOException.class);
    }
}
