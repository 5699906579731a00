package org.bridgehead.io.spool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.InternalId;

/**
 * A process that accepts mail as fast as it can until it is killed, and says on standard output what it acknowledged
 * ({@code A id size}) and what it is about to release ({@code R id}). Arguments: folder, threads, messages a thread, synced or
 * mutant.
 */
final class SpoolChild {
    private SpoolChild() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        Spool spool = RocksSpool.open(Path.of(arguments[0]), arguments[3].equals("synced"));
        say("READY");
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> accept(spool, messages), "writer-" + i);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        spool.close();
    }

    static byte[] mail(long id, int size) {
        return new RandomRecords(id).octets(size);
    }

    static List<String> command(Path folder, int threads, int messages, String mode) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // A killed process leaves its copy of the native library behind.
                "-Djava.io.tmpdir=" + folder.getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                SpoolChild.class.getName(),
                folder.toString(),
                Integer.toString(threads),
                Integer.toString(messages),
                mode);
    }

    private static void accept(Spool spool, int messages) {
        Random random = new Random(Thread.currentThread().getName().hashCode() ^ System.nanoTime());
        try {
            for (int i = 0; i < messages; i++) {
                int size = random.nextInt(20) == 0 ? random.nextInt(300_000) : random.nextInt(6000);
                InternalId id = spool.allocate(SpoolContract.HUB);
                BodyRef body = spool.body(new ByteArrayInputStream(mail(id.value(), size)));
                SpoolRecord.Accepted accepted = new RandomRecords(id.value()).accepted(id, body);
                spool.write(SpoolContract.HUB, List.of(accepted), true);
                say("A " + id + " " + size);
                if (random.nextInt(4) != 0) {
                    say("R " + id);
                    spool.write(SpoolContract.HUB, List.of(new SpoolRecord.Released(id)), false);
                }
            }
        } catch (IOException e) {
            say("E " + e);
        }
    }

    /** In one write, so that a line is whole or not there. */
    private static synchronized void say(String line) {
        byte[] octets = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        System.out.write(octets, 0, octets.length);
        System.out.flush();
    }
}
