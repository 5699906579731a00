package org.bridgehead.camel;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Header fields of a mail as Camel headers, for routes that ask for them. What strangers write is filtered first. */
final class MailHeaders {
    private MailHeaders() {}

    /**
     * Sets a Camel header for each field that {@code filter} lets through and that is not set already: its unfolded
     * value, or a list when the field is there several times.
     */
    static void map(byte[] mail, Exchange exchange, HeaderFilterStrategy filter) throws MessagingException {
        TreeMap<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header field :
                Collections.list(new InternetHeaders(new ByteArrayInputStream(mail), true).getAllHeaders())) {
            String value = MimeUtility.unfold(field.getValue());
            if (!filter.applyFilterToExternalHeaders(field.getName(), value, exchange)) {
                values.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(value);
            }
        }
        values.forEach(
                (name, all) -> exchange.getIn().getHeaders().putIfAbsent(name, all.size() == 1 ? all.get(0) : all));
    }
}
