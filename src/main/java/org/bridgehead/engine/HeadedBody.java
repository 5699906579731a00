package org.bridgehead.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.bridgehead.io.net.BodySource;

/**
 * A message with a header field before all that it has; its own octets stay as they are (DECISIONS 4.1).
 *
 * @param field one line of ASCII, without its end
 * @param message its octets
 */
record HeadedBody(String field, BodySource message) implements BodySource {
    private byte[] line() {
        return (field + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public long size() {
        return line().length + message.size();
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(line()), message.open());
    }
}
