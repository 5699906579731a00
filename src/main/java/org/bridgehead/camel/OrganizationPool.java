package org.bridgehead.camel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.engine.Residue;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The organisations that a Camel context runs: one for each topology, however many endpoints name it. Started by the
 * first endpoint that needs it, drained with the last one, or with the context. Safe for any thread.
 */
final class OrganizationPool extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(OrganizationPool.class);
    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";

    /** One organisation and how many endpoints use it. */
    private static final class Shared {
        private final MailOrganization organization;
        private final @Nullable String data;
        private final Runnable unwatch;
        private int users;

        Shared(MailOrganization organization, @Nullable String data, Runnable unwatch) {
            this.organization = organization;
            this.data = data;
            this.unwatch = unwatch;
        }
    }

    private final CamelContext context;
    private final Map<String, Shared> running = new TreeMap<>();
    /** Organisations of the user's: watched as long as the context runs. */
    private final Map<MailOrganization, Runnable> given = new IdentityHashMap<>();

    private OrganizationPool(CamelContext context) {
        this.context = context;
    }

    /** The pool of a context. */
    static synchronized OrganizationPool of(CamelContext context) throws Exception {
        OrganizationPool pool = context.hasService(OrganizationPool.class);
        if (pool == null) {
            pool = new OrganizationPool(context);
            context.addService(pool);
        }
        return pool;
    }

    /** The right of one endpoint to an organisation. */
    interface Lease {
        MailOrganization organization();

        /** To be called once. */
        void release();
    }

    /** The name under which a topology is shared: equal for the same file. */
    private static String key(String topology) {
        if (topology.startsWith(CLASSPATH)) {
            return topology;
        }
        String file = topology.startsWith(FILE) ? topology.substring(FILE.length()) : topology;
        return Path.of(file).toAbsolutePath().normalize().toString();
    }

    /**
     * The organisation of a topology.
     *
     * @param data folder for what is to outlive the process; null = memory
     * @throws IllegalArgumentException when it runs with another folder already, or the file is wrong
     */
    synchronized Lease acquire(String topology, @Nullable String data) throws IOException {
        String key = key(topology);
        Shared shared = running.get(key);
        if (shared == null) {
            MailOrganization started = start(key, data);
            shared = new Shared(started, data, OrganizationHealth.register(context, started));
            running.put(key, shared);
        } else if (data != null && !data.equals(shared.data)) {
            throw new IllegalArgumentException(key + " runs with data=" + shared.data + " already, not with " + data);
        }
        shared.users++;
        MailOrganization organization = shared.organization;
        return new Lease() {
            @Override
            public MailOrganization organization() {
                return organization;
            }

            @Override
            public void release() {
                OrganizationPool.this.release(key);
            }
        };
    }

    /** An organisation of the user's is used. */
    synchronized void uses(MailOrganization organization) {
        given.computeIfAbsent(organization, its -> OrganizationHealth.register(context, its));
    }

    /** One user less. */
    private void release(String key) {
        Shared last = null;
        synchronized (this) {
            Shared shared = running.get(key);
            if (shared != null && --shared.users == 0) {
                last = running.remove(key);
            }
        }
        if (last != null) {
            close(key, last);
        }
    }

    private MailOrganization start(String key, @Nullable String data) throws IOException {
        try {
            LoadedTopology topology = key.startsWith(CLASSPATH)
                    ? resource(key.substring(CLASSPATH.length()))
                    : TopologyFile.load(Path.of(key));
            topology.warnings().forEach(warning -> LOG.warn("{}", warning));
            OrganizationConfig config = OrganizationConfig.inMemory(topology.organization(), topology.folder());
            return MailOrganization.start(data == null ? config : config.durable(Path.of(data)));
        } catch (TopologyFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "topology=" + key + ": the class path lacks " + e.getMessage()
                            + " (embedded mailbox servers need com.icegreen:greenmail, data= needs org.rocksdb:rocksdbjni)",
                    e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("topology=" + key + ": there is no such file", e);
        }
    }

    private LoadedTopology resource(String name) throws IOException, TopologyFileException {
        URL url = context.getClassResolver().loadResourceAsURL(name);
        if (url == null) {
            throw new IOException("no resource " + name + " on the class path");
        }
        try (InputStream in = url.openStream()) {
            return TopologyFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of(""));
        }
    }

    private static void close(String key, Shared shared) {
        shared.unwatch.run();
        Residue left = shared.organization.drain();
        if (!left.isEmpty()) {
            LOG.warn("organisation of {} ended with {}", key, left);
        }
    }

    @Override
    protected void doStop() {
        Map<String, Shared> rest;
        synchronized (this) {
            rest = new TreeMap<>(running);
            running.clear();
        }
        rest.forEach(OrganizationPool::close);
        given.values().forEach(Runnable::run);
        given.clear();
    }
}
