package org.bridgehead.io.tls;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;

/**
 * Certificates that vouch for themselves: good against listeners, not against impostors. The Java platform has no public
 * means to make one; the LDAP library, which we have anyway, does.
 */
public final class SelfSigned {
    private SelfSigned() {}

    /**
     * Makes a key (ECDSA P-256) and a certificate for it.
     *
     * @param hosts DNS names and addresses, at least one; the first one is also the common name
     * @param from first moment of validity
     * @param until last moment
     * @throws IOException when the platform lacks the algorithm
     */
    public static Identity of(List<String> hosts, Instant from, Instant until) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = X509Certificate.generateSelfSignedCertificate(
                    SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
                    keys,
                    new DN(new RDN("CN", hosts.get(0))),
                    from.toEpochMilli(),
                    until.toEpochMilli(),
                    new AlternativeNames(hosts));
            return new Identity(
                    List.of((java.security.cert.X509Certificate) certificate.toCertificate()), keys.getPrivate());
        } catch (GeneralSecurityException | CertException e) {
            throw new IOException("no certificate could be made for " + hosts.get(0) + ": " + e.getMessage(), e);
        }
    }

    /** The SDK keeps its own means to write this extension to itself (RFC 5280 section 4.2.1.6). */
    private static final class AlternativeNames extends X509CertificateExtension {
        private static final long serialVersionUID = 1L;
        private static final OID SUBJECT_ALTERNATIVE_NAME = new OID("2.5.29.17");
        private static final byte DNS_NAME = (byte) 0x82;
        private static final byte ADDRESS = (byte) 0x87;

        AlternativeNames(List<String> hosts) {
            super(SUBJECT_ALTERNATIVE_NAME, false, encoded(hosts));
        }

        private static byte[] encoded(List<String> hosts) {
            return new ASN1Sequence(hosts.stream()
                            .map(AlternativeNames::encoded)
                            .toArray(ASN1Element[]::new))
                    .encode();
        }

        private static ASN1Element encoded(String host) {
            boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
            return address
                    ? new ASN1OctetString(ADDRESS, new InetSocketAddress(host, 0).getAddress().getAddress())
                    : new ASN1OctetString(DNS_NAME, host);
        }
    }
}
