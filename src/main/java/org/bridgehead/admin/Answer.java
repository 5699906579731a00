package org.bridgehead.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.bridgehead.render.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type of the content
 * @param length octets
 * @param content writes them
 */
record Answer(int status, String type, long length, Content content) {
    /** Writes the content of an answer. */
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    static final String JSON = "application/json; charset=utf-8";

    static Answer json(@Nullable Object value) {
        return text(200, JSON, JsonText.line(value) + "\n");
    }

    static Answer text(int status, String type, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(status, type, octets.length, out -> out.write(octets));
    }
}
