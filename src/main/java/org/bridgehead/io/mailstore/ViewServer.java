package org.bridgehead.io.mailstore;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of GreenMail's servers, without three of its ways: small answers wait 40 ms for an acknowledgement (no
 * TCP_NODELAY), a client may be silent for 30 seconds only (RFC 3501 section 5.4 asks for 30 minutes), and a client
 * that goes away leaves a stack trace on the console.
 */
final class ViewServer extends AbstractServer {
    private static final Logger LOG = LoggerFactory.getLogger(ViewServer.class);

    private final Function<Socket, ProtocolHandler> sessions;

    ViewServer(ServerSetup setup, Managers managers, Function<Socket, ProtocolHandler> sessions) {
        super(setup, managers);
        this.sessions = sessions;
        setClientSocketTimeout((int) TimeUnit.MINUTES.toMillis(30));
        setDaemon(true);
        setUncaughtExceptionHandler((thread, e) -> LOG.warn("{} ended: {}", thread.getName(), e.toString()));
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        ProtocolHandler session = sessions.apply(socket);
        return new ProtocolHandler() {
            @Override
            public void run() {
                try {
                    session.run();
                } catch (RuntimeException e) {
                    LOG.debug("session with {} ended", socket.getRemoteSocketAddress(), e);
                }
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
