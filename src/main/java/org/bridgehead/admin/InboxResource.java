package org.bridgehead.admin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.ReceivedMail;
import org.bridgehead.engine.ReceivedTrace;
import org.jspecify.annotations.Nullable;

/**
 * What is in mailboxes, and what the built-in Internet got, for tests in any language: with the way that each message came.
 * For organisations in memory only, whose mail is nobody's.
 */
final class InboxResource implements Resource {
    private static final int MOST = 100_000;
    private static final int LONGEST_WAIT = 30;

    private final MailOrganization organization;

    InboxResource(MailOrganization organization) {
        this.organization = organization;
    }

    /** The mailboxes of the topology that are here, each with how much it holds. */
    @Override
    public Object list(Call call) {
        call.allow();
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        organization.organization().directory().recipients().forEach(recipient -> {
            if (recipient.entry() instanceof DirectoryEntry.Mailbox mailbox && isHere(mailbox)) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                fields.put("address", mailbox.primaryAddress().toString());
                fields.put("server", mailbox.database().server());
                fields.put(
                        "messages",
                        messages(organization.mailbox(mailbox.primaryAddress().toString()))
                                .size());
                found.add(fields);
            }
        });
        return found;
    }

    private boolean isHere(DirectoryEntry.Mailbox mailbox) {
        return organization.mailboxServers().stream()
                .anyMatch(name -> Names.same(name, mailbox.database().server()));
    }

    /**
     * {@code ADDRESS}: its messages, oldest first, once there are {@code atLeast} of them or {@code wait} seconds are over;
     * {@code ADDRESS/NUMBER}: the octets of one, counted from 0.
     */
    @Override
    public Answer show(String name, Call call) {
        int slash = name.lastIndexOf('\\');
        MailboxHandle mailbox = mailbox(slash < 0 ? name : name.substring(0, slash));
        if (slash >= 0) {
            call.allow();
            byte[] octets = message(mailbox, name.substring(slash + 1)).octets();
            return new Answer(200, "message/rfc822", octets.length, out -> out.write(octets));
        }
        call.allow("atLeast", "wait");
        int atLeast = call.number("atLeast", 0, MOST);
        int wait = call.number("wait", 0, LONGEST_WAIT);
        organization.await(() -> messages(mailbox).size() >= atLeast, Duration.ofSeconds(wait));
        List<ReceivedMail> messages = messages(mailbox);
        List<Map<String, @Nullable Object>> told = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            told.add(fields(i, messages.get(i)));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("address", mailbox.address().toString());
        answer.put("messages", told);
        return Answer.json(answer);
    }

    /** Of somebody here, else of somebody outside. */
    private MailboxHandle mailbox(String address) {
        EmailAddress wanted = EmailAddress.tryParse(address)
                .orElseThrow(() -> Problem.badRequest("no address: " + address, "name@domain"));
        try {
            return organization.mailbox(address);
        } catch (IllegalArgumentException e) {
            boolean ours = organization
                    .topology()
                    .settings()
                    .acceptedDomain(wanted.domain())
                    .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                    .isPresent();
            if (ours) {
                throw Problem.notFound(String.valueOf(e.getMessage()), "GET /v1/mailboxes lists them");
            }
            return organization.internet(address);
        }
    }

    private static List<ReceivedMail> messages(MailboxHandle mailbox) {
        try {
            return mailbox.messages();
        } catch (IllegalStateException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()), "start a node of it");
        }
    }

    private static ReceivedMail message(MailboxHandle mailbox, String number) {
        List<ReceivedMail> messages = messages(mailbox);
        if (!number.matches("\\d{1,9}") || Integer.parseInt(number) >= messages.size()) {
            throw Problem.notFound(
                    mailbox.address() + " has no message " + number, "it has " + messages.size() + ", counted from 0");
        }
        return messages.get(Integer.parseInt(number));
    }

    private static Map<String, @Nullable Object> fields(int number, ReceivedMail mail) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("number", number);
        fields.put(
                "messageId",
                HeaderReader.read(mail.octets(), List.of(), new MessageId("<>")).messageId().text());
        fields.put("transportId", mail.transportId().toString());
        fields.put("received", Fields.text(Optional.of(mail.receivedAt())));
        fields.put("path", mail.servers());
        fields.put("sites", ReceivedTrace.sites(mail.octets()));
        fields.put("bytes", mail.octets().length);
        fields.put("header", header(mail.octets()));
        return fields;
    }

    private static String header(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end + 2);
    }
}
