package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LdapAccess;

/**
 * Opens connections to domain controllers: protected as the settings want it, the certificate and its host name checked,
 * bound as whoever asks. Referrals are never followed: who sends one knows only a part. Immutable; safe for any thread.
 */
final class LdapConnector {
    private final Optional<SimpleBindRequest> bind;
    private final LdapAccess access;
    private final SSLSocketFactory tls;

    private LdapConnector(Optional<SimpleBindRequest> bind, LdapAccess access, SSLSocketFactory tls) {
        this.bind = bind;
        this.access = access;
        this.tls = tls;
    }

    /**
     * For these settings.
     *
     * @param folder what file names are relative to
     * @throws IOException when the password or the certificates cannot be read
     */
    static LdapConnector of(Ldap settings, Path folder) throws IOException {
        Optional<SimpleBindRequest> bind = Optional.empty();
        if (settings.bindDn().isPresent() && settings.passwordFile().isPresent()) {
            bind = Optional.of(new SimpleBindRequest(
                    settings.bindDn().get(),
                    password(folder.resolve(settings.passwordFile().get()))));
        }
        return new LdapConnector(bind, settings.access(), sockets(settings.access(), folder));
    }

    /** The first line: an empty password would be no proof of anything (RFC 4513 5.1.2). */
    private static String password(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || lines.get(0).isEmpty()) {
            throw new IOException(file + " holds no password in its first line");
        }
        return lines.get(0);
    }

    private static SSLSocketFactory sockets(LdapAccess access, Path folder) throws IOException {
        try {
            if (access.caFile().isEmpty()) {
                return (SSLSocketFactory) SSLSocketFactory.getDefault();
            }
            Path file = folder.resolve(access.caFile().get());
            return new SSLUtil(new PEMFileTrustManager(file.toFile())).createSSLSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("directory.ldap.caFile: " + e.getMessage(), e);
        }
    }

    /** A connection that is ready to be asked. */
    LDAPConnection open(LDAPURL controller) throws LDAPException {
        LDAPConnection connection = openUnbound(controller);
        try {
            if (bind.isPresent()) {
                connection.bind(bind.get().duplicate()); // a request is for one thread at a time
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            throw e;
        }
    }

    private LDAPConnection openUnbound(LDAPURL controller) throws LDAPException {
        boolean secure = controller.getScheme().equalsIgnoreCase("ldaps");
        SocketFactory sockets = secure ? tls : SocketFactory.getDefault();
        LDAPConnection connection = new LDAPConnection(sockets, options(), controller.getHost(), controller.getPort());
        if (!secure && access.tls() == LdapAccess.Tls.START_TLS) {
            startTls(connection);
        }
        return connection;
    }

    private void startTls(LDAPConnection connection) throws LDAPException {
        try {
            var result = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
            if (result.getResultCode() != ResultCode.SUCCESS) {
                throw new LDAPException(
                        result.getResultCode(), "StartTLS is refused: " + result.getDiagnosticMessage());
            }
        } catch (LDAPException e) {
            connection.close();
            throw e;
        }
    }

    private LDAPConnectionOptions options() {
        Duration limit = access.timeLimit();
        int millis = (int) Math.min(Integer.MAX_VALUE, limit.toMillis());
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(millis);
        options.setResponseTimeoutMillis(millis);
        options.setAbandonOnTimeout(true);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        return options;
    }

    /**
     * Whether a password is somebody's. The connection is used for nothing else.
     *
     * @param password not empty: a bind without one succeeds for everybody
     * @throws LDAPException when the controller cannot say
     */
    boolean proves(LDAPURL controller, String dn, String password) throws LDAPException {
        if (password.isEmpty()) {
            return false;
        }
        try (LDAPConnection connection = openUnbound(controller)) {
            connection.bind(dn, password);
            return true;
        } catch (LDAPException e) {
            if (e.getResultCode() == ResultCode.INVALID_CREDENTIALS) {
                return false;
            }
            throw e;
        }
    }
}
