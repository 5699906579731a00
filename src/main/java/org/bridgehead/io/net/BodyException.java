package org.bridgehead.io.net;

import java.io.IOException;

/** The octets of a message could not be read, or were not as many as announced: our trouble, not the peer's. */
final class BodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyException(String message) {
        super(message);
    }

    BodyException(String message, IOException cause) {
        super(message, cause);
    }
}
