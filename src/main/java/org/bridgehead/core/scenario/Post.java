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
    private static final int LINE = 76;

    private int last;

    /** The letters that are written for a step, in order. */
    public List<Letter> written(Send send) {
        List<Letter> letters = new ArrayList<>(send.count());
        for (int i = 1; i <= send.count(); i++) {
            String subject = send.count() > 1 ? send.subject() + " " + i : send.subject();
            int number = last + 1;
            letters.add(letter(send, subject, octets(send, subject, number)));
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
        return new Letter(++last, label, send.from(), send.to(), send.via(), send.anonymous(), octets);
    }

    private static byte[] octets(Send send, String subject, int number) {
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
        byte[] said = out.toString().getBytes(StandardCharsets.UTF_8);
        long missing = send.size() - out.length();
        return missing > 1 ? withLines(said, Math.toIntExact(missing)) : said;
    }

    /** With so many octets more, in lines of dots. */
    private static byte[] withLines(byte[] said, int octets) {
        byte[] all = Arrays.copyOf(said, said.length + octets);
        int at = said.length;
        while (at < all.length) {
            int left = all.length - at;
            // Never leaves a single octet, for which there is no line.
            int line = left <= LINE + 2 ? left - 2 : Math.min(LINE, left - 4);
            Arrays.fill(all, at, at + line, (byte) '.');
            all[at + line] = '\r';
            all[at + line + 1] = '\n';
            at += line + 2;
        }
        return all;
    }

    private static String join(List<EmailAddress> addresses) {
        return String.join(">,\r\n <", Lists.map(addresses, EmailAddress::toString));
    }
}
