package org.bridgehead.io.net;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The names a peer has proved by its certificate: DNS names, then the common name. */
final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    /** Empty when the peer gave no certificate. */
    static List<String> of(SSLSession session) {
        List<String> names = new ArrayList<>();
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
                add(names, certificate);
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        } catch (CertificateParsingException | InvalidNameException e) {
            // A certificate whose names cannot be read proves no name.
            return List.of();
        }
        return names;
    }

    private static void add(List<String> names, X509Certificate certificate)
            throws CertificateParsingException, InvalidNameException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (Integer.valueOf(DNS_NAME).equals(alternative.get(0))) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        }
        for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                names.add(String.valueOf(part.getValue()));
            }
        }
    }
}
