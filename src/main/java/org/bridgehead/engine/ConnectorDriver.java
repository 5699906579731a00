package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.RecipientOutcome;

/**
 * Delivers what a foreign connector carries. Found by {@link java.util.ServiceLoader}, or registered for one connector
 * of one organisation ({@link MailOrganization#connector}). Called by several threads at once; may block until the far
 * side has taken responsibility, and answers only then. One that is {@link AutoCloseable} is closed with its organisation.
 */
public interface ConnectorDriver {
    /** Whether this driver serves the endpoint URI of a connector. */
    boolean serves(String endpoint);

    /**
     * Delivers one message.
     *
     * @param connector name of the connector
     * @param endpoint its endpoint URI
     * @param message envelope and facts
     * @param body its octets
     * @return one outcome per recipient, in order
     */
    List<RecipientOutcome> deliver(String connector, String endpoint, Transmission message, Octets body);

    /** The octets of a message; may be opened again. */
    interface Octets {
        /** The exact number of them. */
        long size();

        /** A fresh stream of them, closed by the one who opened it. */
        InputStream open() throws IOException;
    }
}
