package org.bridgehead.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.hub.Pressure;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Role;
import org.bridgehead.engine.OutboxLetter;
import org.bridgehead.engine.OutboxState;
import org.bridgehead.engine.ServerState;
import org.jspecify.annotations.Nullable;

/** Views as the fields of JSON objects, with the names that operators know from the modelled system. Stateless. */
final class Fields {
    private Fields() {}

    static Map<String, @Nullable Object> of(QueueView queue) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("identity", queue.identity());
        fields.put("number", queue.number());
        fields.put("deliveryType", queue.deliveryType().text());
        fields.put("status", title(queue.status().name()));
        fields.put("messageCount", queue.messages());
        fields.put("highPriority", queue.urgent());
        fields.put("lowPriority", queue.unhurried());
        fields.put("nextHopDomain", queue.nextHopDomain());
        fields.put("lastError", queue.lastError());
        fields.put("lastRetryTime", text(queue.lastRetry()));
        fields.put("nextRetryTime", text(queue.nextRetry()));
        fields.put("retryCount", queue.failures());
        fields.put("reason", queue.reason());
        return fields;
    }

    static Map<String, @Nullable Object> of(MessageView message, Instant now) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("identity", message.identity());
        fields.put("status", message.status().text());
        fields.put(
                "from",
                message.accepted()
                        .map(its -> its.envelope()
                                .sender()
                                .map(EmailAddress::toString)
                                .orElse("<>"))
                        .orElse(null));
        fields.put(
                "recipients",
                message.recipients().stream().map(EmailAddress::toString).toList());
        fields.put("recipientCount", message.recipientCount());
        fields.put(
                "size",
                message.accepted().map(its -> its.facts().state().size()).orElse(null));
        fields.put(
                "priority",
                message.accepted()
                        .map(its -> its.facts().state().priority().keyword())
                        .orElse(null));
        fields.put("submitted", text(Optional.of(message.submitted())));
        fields.put("age", Math.max(0, Duration.between(message.submitted(), now).toSeconds()));
        fields.put(
                "messageId",
                message.accepted()
                        .map(its -> its.facts().header().messageId().text())
                        .orElse(null));
        fields.put(
                "transportId",
                message.accepted()
                        .map(its -> its.facts().state().id().toString())
                        .orElse(null));
        fields.put("source", message.accepted().map(its -> its.facts().source()).orElse(null));
        fields.put("queue", message.queue());
        fields.put("lastError", message.lastError());
        fields.put("nextRetryTime", text(message.nextRetry()));
        return fields;
    }

    static Map<String, @Nullable Object> of(ServerState server) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", server.name());
        fields.put("roles", server.roles().stream().map(Role::keyword).toList());
        fields.put("site", server.site().orElse(null));
        fields.put("state", state(server));
        fields.put("accepts", accepts(server));
        fields.put("messages", server.messages());
        fields.put("inMemory", server.inMemory());
        fields.put("sending", server.transmitting());
        fields.put("incoming", server.incoming());
        fields.put("outgoing", server.outgoing());
        fields.put("address", server.address().map(HostPort::toString).orElse(null));
        fields.put("reason", server.trouble().orElse(server.pressure().reason()));
        return fields;
    }

    static Map<String, @Nullable Object> of(OutboxState outbox) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("server", outbox.server());
        fields.put("site", outbox.site().orElse(null));
        fields.put("waiting", outbox.waiting());
        fields.put("since", text(outbox.since()));
        fields.put("nextRetryTime", text(outbox.next()));
        fields.put("reason", outbox.reason());
        return fields;
    }

    /** As a message in a queue. */
    static Map<String, @Nullable Object> of(OutboxLetter waiting, Instant now) {
        Outbox.Waiting letter = waiting.letter();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("identity", waiting.server() + "\\Outbox\\" + letter.number());
        fields.put("status", "Retry");
        fields.put(
                "from", letter.envelope().sender().map(EmailAddress::toString).orElse("<>"));
        fields.put(
                "recipients",
                letter.envelope().recipients().stream()
                        .map(recipient -> recipient.address().toString())
                        .toList());
        fields.put("recipientCount", letter.envelope().recipients().size());
        fields.put("size", letter.size());
        fields.put("priority", letter.priority().keyword());
        fields.put("submitted", text(Optional.of(letter.since())));
        fields.put("age", Math.max(0, Duration.between(letter.since(), now).toSeconds()));
        fields.put("messageId", letter.messageId().text());
        fields.put("transportId", waiting.identity().toString());
        fields.put("source", "mailbox");
        fields.put("queue", "Outbox");
        fields.put("lastError", letter.why());
        fields.put("nextRetryTime", text(waiting.next()));
        return fields;
    }

    private static String state(ServerState server) {
        if (!server.here()) {
            return "elsewhere";
        }
        return server.running() ? "running" : server.trouble().isPresent() ? "broken" : "stopped";
    }

    /** Whom it takes mail from: everybody whom its listeners serve, servers only, or nobody. */
    private static String accepts(ServerState server) {
        if (!server.here()) {
            return "unknown";
        }
        if (server.roles().equals(List.of(Role.DOMAIN_CONTROLLER))) {
            return "nobody";
        }
        if (server.running() && server.roles().stream().noneMatch(Fields::isTransport)) {
            return "servers";
        }
        Pressure.Level level = server.pressure().level();
        return !server.running() || level == Pressure.Level.HIGH
                ? "nobody"
                : level == Pressure.Level.MEDIUM ? "servers" : "everybody";
    }

    private static boolean isTransport(Role role) {
        return role == Role.HUB_TRANSPORT || role == Role.EDGE_TRANSPORT;
    }

    static @Nullable String text(Optional<Instant> time) {
        return time.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null);
    }

    /** {@code RETRY} becomes {@code Retry}. */
    static String title(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
