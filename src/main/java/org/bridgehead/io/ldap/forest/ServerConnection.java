package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bridgehead.io.ldap.forest.AdLocation.Security;

/**
 * Opens connections to a domain controller: certificates are always checked, referrals never followed, and nothing is
 * waited for without end. Stateless.
 */
final class ServerConnection {
    private static final int CONNECT_MILLIS = 10_000;
    private static final long ANSWER_MILLIS = 120_000;

    private ServerConnection() {}

    /** A connection on which the one who asks has logged in; the caller closes it. */
    static LDAPConnection open(AdLocation location) throws AdServerException {
        try {
            LDAPConnection connection = connected(location);
            try {
                return ready(connection, location);
            } catch (LDAPException | GeneralSecurityException e) {
                connection.close();
                throw e;
            }
        } catch (LDAPException e) {
            throw new AdServerException(location + ": " + ServerTrouble.words(e, location), e);
        } catch (GeneralSecurityException | IOException e) {
            throw new AdServerException(location + ": no TLS is possible here: " + e.getMessage(), e);
        }
    }

    private static LDAPConnection connected(AdLocation location)
            throws LDAPException, GeneralSecurityException, IOException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(ANSWER_MILLIS);
        options.setFollowReferrals(false);
        // Without it the library starts a thread of its own, which only the engine may do.
        options.setUseSynchronousMode(true);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        return location.security() == Security.TLS
                ? new LDAPConnection(
                        tls(location.trusted()).createSSLSocketFactory(), options, location.host(), location.port())
                : new LDAPConnection(options, location.host(), location.port());
    }

    private static LDAPConnection ready(LDAPConnection connection, AdLocation location)
            throws LDAPException, GeneralSecurityException {
        try {
            if (location.security() == Security.START_TLS) {
                ExtendedResult result = connection.processExtendedOperation(
                        new StartTLSExtendedRequest(tls(location.trusted()).createSSLContext()));
                if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                    throw new LDAPException(
                            result.getResultCode(), "it does not begin TLS: " + result.getDiagnosticMessage());
                }
            }
        } catch (IOException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
        if (location.login().isPresent()) {
            connection.bind(
                    location.login().get().bindDn(), location.login().get().password());
        }
        return connection;
    }

    /** Trusting these authorities, or those of the platform when none is given. */
    private static SSLUtil tls(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (authorities.isEmpty()) {
            factory.init((KeyStore) null);
        } else {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority" + i, authorities.get(i));
            }
            factory.init(store);
        }
        TrustManager[] managers = factory.getTrustManagers();
        return new SSLUtil(managers);
    }
}
