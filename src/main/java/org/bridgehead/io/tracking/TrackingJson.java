package org.bridgehead.io.tracking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;

/** A tracking event as one line of JSON, with the field names of the log. Stateless. */
public final class TrackingJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final Map<String, Function<TrackingEvent, Object>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("time", event -> event.time().toString());
        FIELDS.put("event", event -> event.event().name());
        FIELDS.put("source", event -> event.source().name());
        FIELDS.put("server", TrackingEvent::server);
        FIELDS.put("site", event -> event.site().orElse(""));
        FIELDS.put("messageId", event -> event.messageId().text());
        FIELDS.put("internalId", event -> event.internalId().toString());
        FIELDS.put("transportId", event -> event.transportId().toString());
        FIELDS.put("sender", event -> event.sender().map(EmailAddress::toString).orElse(""));
        FIELDS.put(
                "recipients",
                event -> event.recipients().stream().map(EmailAddress::toString).toList());
        FIELDS.put("nextHop", event -> event.nextHop().orElse(""));
        FIELDS.put("hop", TrackingEvent::hop);
        FIELDS.put("bytes", TrackingEvent::bytes);
        FIELDS.put("status", TrackingEvent::status);
        FIELDS.put("reason", TrackingEvent::reason);
    }

    private TrackingJson() {}

    /** The line, without line end. */
    public static String line(TrackingEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, event);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot refuse", e);
        }
        return text.toString();
    }

    /** Writes events into {@code out} as UTF-8, with nothing between one and the next. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setRootValueSeparator(null);
    }

    /** The names of the fields, in order. */
    public static List<String> names() {
        return List.copyOf(FIELDS.keySet());
    }

    /** The fields of an event in order: texts, numbers, and the list of recipients. */
    public static Map<String, Object> fields(TrackingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        FIELDS.forEach((name, value) -> fields.put(name, value.apply(event)));
        return fields;
    }

    /** Writes the event as an object. */
    public static void write(JsonGenerator json, TrackingEvent event) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Function<TrackingEvent, Object>> field : FIELDS.entrySet()) {
            json.writeFieldName(field.getKey());
            write(json, field.getValue().apply(event));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                json.writeString(item.toString());
            }
            json.writeEndArray();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
    }
}
