package org.bridgehead.io.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM files (RFC 7468). */
public final class PemFile {
    private static final long LARGEST = 4L << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private PemFile() {}

    /**
     * The certificate chain of one file with the key of another.
     *
     * @param certificates the own certificate first, then its issuers
     * @param key PKCS#8, not encrypted
     * @throws IOException when one cannot be read or they do not belong together; says which file and what is wrong
     */
    public static Identity identity(Path certificates, Path key) throws IOException {
        Identity identity = new Identity(certificates(certificates), privateKey(key));
        for (int i = 1; i < identity.chain().size(); i++) {
            X509Certificate issued = identity.chain().get(i - 1);
            if (!issued.getIssuerX500Principal().equals(identity.chain().get(i).getSubjectX500Principal())) {
                throw new IOException(certificates + ": behind the certificate of " + issued.getSubjectX500Principal()
                        + " stands that of its issuer, " + issued.getIssuerX500Principal() + ", or none");
            }
        }
        if (!belongTogether(identity.chain().get(0).getPublicKey(), identity.key())) {
            throw new IOException(key + " is not the private key of the first certificate in " + certificates);
        }
        return identity;
    }

    /**
     * All certificates of a file, at least one.
     *
     * @throws IOException when it cannot be read or holds none
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] octets : blocks(file, "CERTIFICATE")) {
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(octets));
                found.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new IOException(file + " holds a damaged certificate: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate; one begins with -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        List<byte[]> keys = blocks(file, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw new IOException(
                    file + " needs one private key in PKCS#8, not encrypted (-----BEGIN PRIVATE KEY-----);"
                            + " openssl pkcs8 -topk8 -nocrypt writes that");
        }
        PKCS8EncodedKeySpec octets = new PKCS8EncodedKeySpec(keys.get(0));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(octets);
            } catch (GeneralSecurityException another) {
                continue;
            }
        }
        throw new IOException(file + " holds a private key that is neither RSA nor EC nor EdDSA, or a damaged one");
    }

    private static List<byte[]> blocks(Path file, String type) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large for a PEM file");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<byte[]> found = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals(type)) {
                found.add(decoded(file, block.group(2)));
            }
        }
        return found;
    }

    private static byte[] decoded(Path file, String text) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds a damaged PEM block: " + e.getMessage(), e);
        }
    }

    /** What one signs the other has to confirm. */
    private static boolean belongTogether(PublicKey certified, PrivateKey key) throws IOException {
        byte[] text = "one pair".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(
                    switch (certified.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> certified.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IOException("keys of type " + certified.getAlgorithm() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
