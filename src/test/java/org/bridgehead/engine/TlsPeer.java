package org.bridgehead.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bridgehead.io.tls.Identity;

/**
 * A mail server of somebody else, or somebody on the way to it: takes mail, offers STARTTLS as it was told, and remembers
 * every line and whether it came in clear.
 */
final class TlsPeer implements AutoCloseable {
    /** How it behaves. */
    enum Manner {
        /** STARTTLS, with the certificate given. */
        HONEST,
        /** STARTTLS is not offered, as when somebody has taken the line away. */
        STRIPPED,
        /** Answers of an attacker come along with the 220. */
        INJECTING,
        /** What follows the 220 is no TLS. */
        GARBLED,
        /** 454 to STARTTLS. */
        UNWILLING
    }

    private final Manner manner;
    private final SSLContext context;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Thread thread = new Thread(this::serve, "tls-peer");
    private final List<String> clear = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();

    TlsPeer(Manner manner, Identity identity) throws IOException {
        this.manner = manner;
        this.context = identity.server();
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    /** Lines that came in clear. */
    synchronized List<String> clear() {
        return List.copyOf(clear);
    }

    /** Lines that came over TLS. */
    synchronized List<String> hidden() {
        return List.copyOf(hidden);
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                socket.setSoTimeout(10_000);
                talk(socket);
            } catch (IOException ended) {
                continue;
            }
        }
    }

    private void talk(Socket raw) throws IOException {
        Socket socket = raw;
        boolean secure = false;
        boolean data = false;
        say(socket, "220 peer.test ESMTP");
        for (String line = line(socket); line != null; line = line(socket)) {
            note(secure, line);
            String verb = line.toUpperCase(Locale.ROOT);
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    say(socket, "250 2.6.0 taken");
                }
            } else if (verb.startsWith("EHLO")) {
                say(socket, hello(secure));
            } else if (verb.equals("STARTTLS")) {
                if (manner == Manner.UNWILLING) {
                    say(socket, "454 4.7.0 TLS not available");
                    continue;
                }
                say(
                        socket,
                        manner == Manner.INJECTING
                                ? "220 go ahead\r\n250-peer.test\r\n250 AUTH PLAIN"
                                : "220 go ahead");
                if (manner == Manner.GARBLED) {
                    socket.getInputStream().read();
                    say(socket, "this is no TLS");
                    return;
                }
                SSLSocket layered = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
                layered.setUseClientMode(false);
                layered.startHandshake();
                socket = layered;
                secure = true;
            } else if (verb.startsWith("AUTH")) {
                say(socket, "235 2.7.0 welcome");
            } else if (verb.equals("DATA")) {
                data = true;
                say(socket, "354 go on");
            } else if (verb.equals("QUIT")) {
                say(socket, "221 bye");
                return;
            } else {
                say(socket, "250 ok");
            }
        }
    }

    private String hello(boolean secure) {
        boolean offers = !secure && manner != Manner.STRIPPED;
        return "250-peer.test\r\n" + (offers ? "250-STARTTLS\r\n" : "") + "250-AUTH PLAIN\r\n250 8BITMIME";
    }

    private synchronized void note(boolean secure, String line) {
        (secure ? hidden : clear).add(line);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the client has gone");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        door.close();
        try {
            thread.join(15_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
