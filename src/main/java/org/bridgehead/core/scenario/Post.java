package org.bridgehead.core.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Priority;

/** Writes the letters of {@link Send} steps that come from no file, and numbers all letters. One thread. */
public final class Post {
    /** Octets of one, CR LF among them. */
    private static final int LINE_OF_DOTS = 78;

    /** Whole lines, to copy from. */
    private static final byte[] DOTS =
            (".".repeat(LINE_OF_DOTS - 2) + "\r\n").repeat(64).getBytes(StandardCharsets.US_ASCII);

    private int last;

    /** The letters that are written for a step, in order. */
    public List<Letter> written(Send send) {
        List<Letter> letters = new ArrayList<>(send.count());
        for (int i = 1; i <= send.count(); i++) {
            String subject = send.count() > 1 ? send.subject() + " " + i : send.subject();
            String said = said(send, subject, last + 1);
            long missing = send.size() - said.length();
            int filler = missing > 1 ? Math.toIntExact(missing) : 0;
            letters.add(letter(send, subject, withLines(said.getBytes(StandardCharsets.UTF_8), filler), filler));
        }
        return letters;
    }

    /**
     * A letter with the envelope of a step.
     *
     * @param label what people call it
     * @param octets header and body, lines ended by CR LF
     */
    public Letter letter(Send send, String label, byte[] octets) {
        return letter(send, label, octets, 0);
    }

    private Letter letter(Send send, String label, byte[] octets, int filler) {
        return new Letter(++last, label, send.from(), send.to(), send.via(), send.anonymous(), octets, filler);
    }

    private static String said(Send send, String subject, int number) {
        StringBuilder out = new StringBuilder(300);
        send.from().ifPresent(from -> out.append("From: <").append(from).append(">\r\n"));
        out.append("To: <").append(join(send.to())).append(">\r\nSubject: ").append(subject);
        if (send.priority() != Priority.NORMAL) {
            out.append("\r\nImportance: ").append(send.priority().keyword());
        }
        out.append("\r\nMessage-ID: <letter-").append(number).append("@scenario.invalid>");
        out.append("\r\n\r\n")
                .append(send.text().isEmpty() ? subject : send.text().replace("\n", "\r\n"))
                .append(out.length() + 3 == send.size() ? "." : "")
                .append("\r\n");
        return out.toString();
    }

    /** With so many octets more, in lines of dots; the last two may be shorter, for there is no line of a single octet. */
    private static byte[] withLines(byte[] said, int octets) {
        byte[] all = Arrays.copyOf(said, said.length + octets);
        int at = said.length;
        int full = Math.max(0, (octets - 2) / LINE_OF_DOTS) * LINE_OF_DOTS;
        for (int end = at + full; at < end; ) {
            int part = Math.min(end - at, DOTS.length);
            System.arraycopy(DOTS, 0, all, at, part);
            at += part;
        }
        while (at < all.length) {
            int left = all.length - at;
            int line = left <= LINE_OF_DOTS ? left : Math.min(LINE_OF_DOTS, left - 2);
            Arrays.fill(all, at, at + line - 2, (byte) '.');
            all[at + line - 2] = '\r';
            all[at + line - 1] = '\n';
            at += line;
        }
        return all;
    }

    private static String join(List<EmailAddress> addresses) {
        return String.join(">,\r\n <", Lists.map(addresses, EmailAddress::toString));
    }
}
