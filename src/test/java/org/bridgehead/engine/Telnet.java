package org.bridgehead.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Speaks SMTP by hand: a line out, a reply in. */
final class Telnet implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;

    Telnet(InetSocketAddress server) throws IOException {
        socket.connect(server, 10_000);
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        reply();
    }

    /** Sends a line; answers the reply, its lines joined by LF. */
    String say(String line) throws IOException {
        write(line + "\r\n");
        return reply();
    }

    /** The message and its end; answers the reply. */
    String data(String message) throws IOException {
        String go = say("DATA");
        if (!go.startsWith("354")) {
            return go;
        }
        write(message + "\r\n.\r\n");
        return reply();
    }

    /** Says EHLO and, unless the user is empty, logs in; answers the reply to the last. */
    String enter(String user, String password) throws IOException {
        String hello = say("EHLO client.test");
        if (user.isEmpty()) {
            return hello;
        }
        String token = "\0" + user + "\0" + password;
        return say("AUTH PLAIN " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** A reply that nobody asked for. */
    String nextReply() throws IOException {
        return reply();
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private String reply() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            all.append(all.length() == 0 ? "" : "\n").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return all.toString();
            }
        }
        return all + "(closed)";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
