package org.bridgehead.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.SendResult;
import org.jspecify.annotations.Nullable;

/** Hands in letters by SMTP for operators. Safe for any thread. */
final class Submission {
    private static final int MOST_RECIPIENTS = 500;
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^Message-ID:[ \\t]*(?:\\r\\n[ \\t]+)*(<[^\\r\\n<>]+>)");

    private final MailOrganization organization;

    Submission(MailOrganization organization) {
        this.organization = organization;
    }

    /**
     * Hands in the letter of a call.
     *
     * @param server to which; empty = a hub of the sender's site, for strangers an edge
     */
    Map<String, @Nullable Object> send(String server, Call call) throws IOException {
        Optional<EmailAddress> from = call.parameter("from")
                .filter(text -> !text.isEmpty() && !text.equals("<>"))
                .map(Submission::address);
        List<EmailAddress> to = call.all("to").stream().map(Submission::address).toList();
        if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
            throw Problem.badRequest(
                    to.size() + " recipients", "name 1 to " + MOST_RECIPIENTS + " recipients: to=ADDRESS&to=ADDRESS");
        }
        byte[] letter = lines(call.octets());
        Optional<String> known = messageId(letter);
        String id = known.orElseGet(() -> "<" + UUID.randomUUID() + "@bridgehead.invalid>");
        byte[] whole = known.isPresent() ? letter : prepended("Message-ID: " + id + "\r\n", letter);
        SendResult result = organization.send(mail -> {
            from.ifPresent(address -> mail.from(address.toString()));
            to.forEach(address -> mail.to(address.toString()));
            mail.octets(whole);
            if (!server.isEmpty()) {
                mail.via(server);
            }
        });
        return answer(result, id, to);
    }

    private static Map<String, @Nullable Object> answer(SendResult result, String id, List<EmailAddress> to) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("messageId", id);
        answer.put("server", result.server());
        answer.put("accepted", result.accepted());
        List<Map<String, @Nullable Object>> replies = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            Map<String, @Nullable Object> reply = new LinkedHashMap<>();
            reply.put("recipient", to.get(i).toString());
            reply.put("accepted", result.outcomes().get(i) instanceof RecipientOutcome.Delivered);
            reply.put("reply", words(result.outcomes().get(i)));
            replies.add(reply);
        }
        answer.put("recipients", replies);
        return answer;
    }

    private static String words(RecipientOutcome outcome) {
        return outcome.match(
                delivered -> delivered.reply(),
                deferred -> deferred.status() + " " + deferred.reply(),
                bounced -> bounced.status() + " " + bounced.reply(),
                unknown -> "the end is unknown: " + unknown.reason());
    }

    private static EmailAddress address(String text) {
        return EmailAddress.tryParse(text).orElseThrow(() -> Problem.badRequest("no address: " + text, "name@domain"));
    }

    /** Line ends as mail has them. */
    private static byte[] lines(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(text[i]);
        }
        if (text.length > 0 && text[text.length - 1] != '\n') {
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private static Optional<String> messageId(byte[] letter) {
        String text = new String(letter, StandardCharsets.ISO_8859_1);
        int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
        Matcher field = MESSAGE_ID.matcher(end < 0 ? text : text.substring(0, end + 2));
        return field.find() ? Optional.of(field.group(1)) : Optional.empty();
    }

    private static byte[] prepended(String field, byte[] letter) {
        // Without a header of its own the letter needs the empty line that ends one.
        String start = new String(letter, 0, Math.min(letter.length, 200), StandardCharsets.ISO_8859_1);
        boolean header = start.toLowerCase(Locale.ROOT).matches("(?s)(\\r\\n|[!-9;-~]+[ \\t]*:).*");
        byte[] added = (field + (header ? "" : "\r\n")).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[added.length + letter.length];
        System.arraycopy(added, 0, whole, 0, added.length);
        System.arraycopy(letter, 0, whole, added.length, letter.length);
        return whole;
    }
}
