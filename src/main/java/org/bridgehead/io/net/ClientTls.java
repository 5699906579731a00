package org.bridgehead.io.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts to vouch for certificates. Only asked by connections whose policy judges certificates; the others
 * take any. Dates count by the clock of the machine, revocation lists are not asked. Safe for any thread.
 */
public final class ClientTls {
    private static final ClientTls PLATFORM = new ClientTls(() -> manager(null));

    private final Supplier<X509ExtendedTrustManager> making;
    private volatile @Nullable X509ExtendedTrustManager made;

    private ClientTls(Supplier<X509ExtendedTrustManager> making) {
        this.making = making;
    }

    /** The authorities that the Java platform trusts; read when they are first needed. */
    public static ClientTls ofPlatform() {
        return PLATFORM;
    }

    /**
     * These authorities and no others; a certificate that is its own authority vouches for itself.
     *
     * @throws IOException when they cannot be used
     */
    public static ClientTls trusting(List<X509Certificate> authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return new ClientTls(() -> manager(store));
        } catch (GeneralSecurityException e) {
            throw new IOException("these certificates cannot be trusted: " + e.getMessage(), e);
        }
    }

    /** Made when first needed: reading the platform's authorities takes a tenth of a second. */
    X509ExtendedTrustManager trust() {
        X509ExtendedTrustManager known = made;
        if (known == null) {
            known = making.get();
            made = known;
        }
        return known;
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("this Java platform judges no certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform judges no certificates: " + e.getMessage(), e);
        }
    }
}
