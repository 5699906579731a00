package org.bridgehead.io.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bridgehead.core.smtp.TlsOutcome;

/**
 * Looks at the certificate in the handshake of one client connection, and lets the handshake go on in any case: what a
 * fault means is decided elsewhere, before anything is said over the connection. Chain and host name (RFC 6125, as for
 * HTTPS) are judged by the Java platform. Each connection has a context of its own, so that no session is resumed whose
 * certificate was seen under another policy. For one thread.
 */
final class CertificateJudge extends X509ExtendedTrustManager {
    private final ClientTls trust;
    private final String peerName;
    private final boolean judged;
    private TlsOutcome outcome;

    CertificateJudge(ClientTls trust, String peerName, boolean judged) {
        this.trust = trust;
        this.peerName = peerName;
        this.judged = judged;
        this.outcome = judged ? new TlsOutcome.Untrusted("it was not shown") : new TlsOutcome.Secured();
    }

    /** A TLS client over {@code raw}, before its handshake. */
    SSLSocket over(Socket raw) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(raw, peerName, raw.getPort(), true);
            secure.setUseClientMode(true);
            return secure;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS on this Java platform: " + e.getMessage(), e);
        }
    }

    /** After a handshake: encrypted, and what the certificate is worth. */
    TlsOutcome outcome() {
        return outcome;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        if (judged) {
            outcome = judge(chain, authType, socket);
        }
    }

    private TlsOutcome judge(X509Certificate[] chain, String authType, Socket socket) {
        X509Certificate own = chain[0];
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            return new TlsOutcome.Expired(day(own.getNotAfter()));
        } catch (CertificateNotYetValidException e) {
            return new TlsOutcome.Premature(day(own.getNotBefore()));
        }
        SSLSocket secure = (SSLSocket) socket;
        SSLParameters parameters = secure.getSSLParameters();
        try {
            trust.trust().checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            return new TlsOutcome.Untrusted(words(e, own));
        }
        try {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            trust.trust().checkServerTrusted(chain, authType, socket);
            return new TlsOutcome.Secured();
        } catch (CertificateException e) {
            return new TlsOutcome.WrongName(CertificateNames.of(own));
        }
    }

    private static String words(CertificateException e, X509Certificate own) {
        if (own.getSubjectX500Principal().equals(own.getIssuerX500Principal())) {
            return "self-signed";
        }
        String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return "issued by " + own.getIssuerX500Principal().getName() + ", "
                + words.replaceAll("[\\w.]+Exception: ", "").replaceAll("\\s+", " ");
    }

    private static LocalDate day(Date at) {
        return LocalDate.ofInstant(at.toInstant(), ZoneOffset.UTC);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("a socket is used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("a socket is used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return List.<X509Certificate>of().toArray(X509Certificate[]::new);
    }
}
