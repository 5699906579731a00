package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.spool.Spool;

/** The octets of a spooled message, for a driver. */
record SpoolBody(Spool spool, BodyRef body) implements BodySource, ConnectorDriver.Octets {
    @Override
    public long size() {
        return body.size();
    }

    @Override
    public InputStream open() throws IOException {
        return spool.read(body);
    }
}
