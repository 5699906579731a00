package org.bridgehead.io.tracking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;

/** A tracking event as one line of JSON, with the field names of the log. Stateless. */
public final class TrackingJson {
    private static final JsonFactory FACTORY = new JsonFactory();

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

    /** Writes the event as an object. */
    public static void write(JsonGenerator json, TrackingEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", event.time().toString());
        json.writeStringField("event", event.event().name());
        json.writeStringField("source", event.source().name());
        json.writeStringField("server", event.server());
        json.writeStringField("site", event.site().orElse(""));
        json.writeStringField("messageId", event.messageId().text());
        json.writeStringField("internalId", event.internalId().toString());
        json.writeStringField("transportId", event.transportId().toString());
        json.writeStringField(
                "sender", event.sender().map(EmailAddress::toString).orElse(""));
        json.writeArrayFieldStart("recipients");
        for (EmailAddress recipient : event.recipients()) {
            json.writeString(recipient.toString());
        }
        json.writeEndArray();
        json.writeStringField("nextHop", event.nextHop().orElse(""));
        json.writeNumberField("hop", event.hop());
        json.writeNumberField("bytes", event.bytes());
        json.writeStringField("status", event.status());
        json.writeStringField("reason", event.reason());
        json.writeEndObject();
    }
}
