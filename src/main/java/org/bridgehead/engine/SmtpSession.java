package org.bridgehead.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bridgehead.core.topology.Names;

/**
 * One SMTP or LMTP connection that a server took, as far as it has come: what was said, by whom, and the messages in it.
 *
 * @param server that took it
 * @param opened when
 * @param client the address it came from
 * @param hello the name the client gave last; empty = none yet
 * @param tls whether it was encrypted in the end
 * @param identity whom the client proved to be: a person's mailbox or a server of the organisation; empty = nobody
 * @param lines the dialogue, message octets left out
 * @param mails the transactions that began, oldest first
 */
public record SmtpSession(
        String server,
        Instant opened,
        String client,
        String hello,
        boolean tls,
        String identity,
        List<Line> lines,
        List<Mail> mails) {
    /** Copies the lists. */
    public SmtpSession {
        lines = List.copyOf(lines);
        mails = List.copyOf(mails);
    }

    /**
     * Something that was said.
     *
     * @param byClient by the client or by the server
     * @param text without line ends; passwords and what proves secrets is not shown
     */
    public record Line(boolean byClient, String text) {
        @Override
        public String toString() {
            return (byClient ? "C: " : "S: ") + text;
        }
    }

    /**
     * A transaction, from MAIL on.
     *
     * @param sender as MAIL gave it; empty = the null sender
     * @param parameters of MAIL, such as SIZE or BODY; by name
     * @param reply the last one to the whole of it; empty = none yet
     * @param recipients in the order of RCPT, refused ones too
     * @param header of the message as the server kept it, its own fields first; empty when none came
     */
    public record Mail(
            String sender, SortedMap<String, String> parameters, String reply, List<Rcpt> recipients, String header) {
        /** Copies the collections. */
        public Mail {
            SortedMap<String, String> copy = Names.map();
            copy.putAll(parameters);
            parameters = Collections.unmodifiableSortedMap(copy);
            recipients = List.copyOf(recipients);
        }

        /** Recipients that were accepted and that the header does not name in To or Cc. */
        public List<String> bcc() {
            String named = unfolded()
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).matches("(to|cc):.*"))
                    .collect(Collectors.joining(",", ",", ","))
                    .toLowerCase(Locale.ROOT);
            return recipients.stream()
                    .filter(Rcpt::accepted)
                    .map(Rcpt::address)
                    .filter(address -> !named.matches(
                            "(?s).*[\\s<,:]" + Pattern.quote(address.toLowerCase(Locale.ROOT)) + "[\\s>,;].*"))
                    .toList();
        }

        private String unfolded() {
            return header.replaceAll("\r\n[ \t]+", " ");
        }
    }

    /**
     * A recipient of a transaction.
     *
     * @param address as RCPT gave it
     * @param parameters of RCPT, such as NOTIFY or ORCPT; by name
     * @param reply to RCPT; empty = none yet
     */
    public record Rcpt(String address, SortedMap<String, String> parameters, String reply) {
        /** Copies the map. */
        public Rcpt {
            SortedMap<String, String> copy = Names.map();
            copy.putAll(parameters);
            parameters = Collections.unmodifiableSortedMap(copy);
        }

        /** Whether the server took it. */
        public boolean accepted() {
            return reply.startsWith("2");
        }
    }

    /** The dialogue, one line each, {@code C: } before what the client said and {@code S: } before what the server did. */
    public String transcript() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }

    /** Reads octets as text without losing any. */
    static String text(byte[] octets, int length) {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
