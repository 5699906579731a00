package org.bridgehead.core.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.mail.EmailAddress;

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
        out.append("\r\nMessage-ID: <letter-").append(number).append("@scenario.invalid>");
        out.append("\r\n\r\n")
                .append(send.text().isEmpty() ? subject : send.text().replace("\n", "\r\n"))
                .append(out.length() + 3 == send.size() ? "." : "")
                .append("\r\n");
        for (long left = send.size() - out.length(); left > 1; left = send.size() - out.length()) {
            // Never leaves a single octet, for which there is no line.
            long line = left <= LINE + 2 ? left - 2 : Math.min(LINE, left - 4);
            out.append(".".repeat((int) line)).append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String join(List<EmailAddress> addresses) {
        return String.join(
                ">,\r\n <", addresses.stream().map(EmailAddress::toString).toList());
    }
}
