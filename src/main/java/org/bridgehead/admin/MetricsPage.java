package org.bridgehead.admin;

import java.util.Optional;
import org.bridgehead.engine.MailOrganization;

/** The page of figures for Prometheus. Safe for any thread. */
interface MetricsPage extends AutoCloseable {
    /** The figures as they are now. */
    Answer answer();

    @Override
    void close();

    /** Of an organisation; empty when the library for it is not there. */
    static Optional<MetricsPage> of(MailOrganization organization) {
        try {
            return Optional.of(new PrometheusMetrics(organization));
        } catch (NoClassDefFoundError missing) {
            return Optional.empty();
        }
    }
}
