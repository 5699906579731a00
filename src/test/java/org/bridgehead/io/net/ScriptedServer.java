package org.bridgehead.io.net;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A peer on a real socket that does what a test tells it, one connection after the other. */
final class ScriptedServer implements AutoCloseable {
    /** What happens on one connection. */
    interface Script {
        void play(Peer peer) throws IOException;
    }

    private final ServerSocket door;
    private final Thread thread;
    private final List<Throwable> troubles = Collections.synchronizedList(new ArrayList<>());

    ScriptedServer(Script... scripts) throws IOException {
        door = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        thread = new Thread(
                () -> {
                    for (Script script : scripts) {
                        try (Socket socket = door.accept()) {
                            socket.setSoTimeout(10_000);
                            script.play(new Peer(socket));
                        } catch (IOException | AssertionError e) {
                            troubles.add(e);
                        }
                    }
                },
                "scripted-server");
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) door.getLocalSocketAddress();
    }

    /** What went wrong in the scripts, once they are all played. */
    List<Throwable> troubles() {
        join();
        return troubles;
    }

    @Override
    public void close() throws IOException {
        door.close();
        join();
    }

    private void join() {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection as the script sees it. */
    static final class Peer {
        final Socket socket;
        final InputStream in;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        Peer say(String... lines) throws IOException {
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /** Reads lines up to one that begins so. */
        Peer until(String begin) throws IOException {
            while (true) {
                String line = line();
                if (line.startsWith(begin)) {
                    return this;
                }
            }
        }

        Peer greet(String... keywords) throws IOException {
            say("220 scripted").until("EHLO");
            List<String> lines = new ArrayList<>(List.of("250-scripted"));
            for (String keyword : keywords) {
                lines.add("250-" + keyword);
            }
            lines.add("250 ENHANCEDSTATUSCODES");
            return say(lines.toArray(String[]::new));
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("client went away after " + line);
                }
                line.append((char) c);
            }
            return line.toString();
        }
    }
}
