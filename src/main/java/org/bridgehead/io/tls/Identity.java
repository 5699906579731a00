package org.bridgehead.io.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its private key, as a TLS server shows and uses it. Immutable; safe for any thread.
 *
 * @param chain the own certificate first, then those of its issuers; at least one
 * @param key fits the first certificate
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** Copies the list. */
    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a key without a certificate");
        }
    }

    /**
     * What a listener needs: shows this certificate, asks clients for none, leaves protocols and ciphers to the
     * platform's policy.
     *
     * @throws IOException when the platform refuses the key, for example as too short
     */
    public SSLContext server() throws IOException {
        char[] password = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, password, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate cannot be used: " + e.getMessage(), e);
        }
    }
}
