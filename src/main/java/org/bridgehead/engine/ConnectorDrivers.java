package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.bridgehead.core.hub.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who delivers for foreign connectors: those registered for one connector first, then the installed ones. Any thread. */
final class ConnectorDrivers {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorDrivers.class);

    private final ConcurrentHashMap<String, ConnectorDriver> registered = new ConcurrentHashMap<>();
    private final List<ConnectorDriver> installed = new ArrayList<>();

    /** Finds the installed drivers; one whose libraries are not there is no driver, and its connectors say so in use. */
    ConnectorDrivers() {
        Iterator<ConnectorDriver> found =
                ServiceLoader.load(ConnectorDriver.class).iterator();
        boolean more = true;
        while (more) {
            try {
                more = found.hasNext();
                if (more) {
                    installed.add(found.next());
                }
            } catch (ServiceConfigurationError | NoClassDefFoundError e) {
                LOG.info("a connector driver is not usable here: {}", e.toString());
            }
        }
    }

    Optional<ConnectorDriver> of(Target.Foreign target) {
        return Optional.ofNullable(registered.get(key(target.connector())))
                .or(() -> installed.stream()
                        .filter(driver -> driver.serves(target.endpoint()))
                        .findFirst());
    }

    /** Serves one connector from now on; the last one registered counts. The result ends it. */
    Runnable register(String connector, ConnectorDriver driver) {
        registered.put(key(connector), driver);
        return () -> registered.remove(key(connector), driver);
    }

    private static String key(String connector) {
        return connector.toLowerCase(Locale.ROOT);
    }

    /** Ends the installed drivers that hold something. */
    void close() {
        for (ConnectorDriver driver : installed) {
            if (driver instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    LOG.warn("closing {} failed: {}", driver, e.toString());
                }
            }
        }
    }
}
