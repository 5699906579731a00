package org.bridgehead.io.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.CertificateFiles;

/** The keys {@code certificateFile} and {@code privateKeyFile}, which stand together. */
final class Certificates {
    private static final String CERTIFICATE = "certificateFile";
    private static final String KEY = "privateKeyFile";

    private Certificates() {}

    /** Those of an organisation or server; files that are missing still are a warning, as with secrets. */
    static Optional<CertificateFiles> read(YamlMap map, Path folder) {
        Optional<YamlValue> certificate = map.get(CERTIFICATE);
        Optional<YamlValue> key = map.get(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            map.forbid(
                    List.of(CERTIFICATE, KEY),
                    "a certificate and its private key go together",
                    "write " + (key.isPresent() ? CERTIFICATE : KEY) + ", too");
        }
        Optional<String> certificates = certificate.flatMap(v -> NamedFile.secret(v, folder));
        Optional<String> secret = key.flatMap(v -> NamedFile.secret(v, folder));
        return certificates.flatMap(file -> secret.map(its -> new CertificateFiles(file, its)));
    }

    /** Writes them. */
    static Entries write(Entries entries, Optional<CertificateFiles> files) {
        return entries.put(CERTIFICATE, files.map(CertificateFiles::certificateFile))
                .put(KEY, files.map(CertificateFiles::privateKeyFile));
    }
}
