package org.bridgehead.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.bridgehead.engine.HubAgent;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/**
 * Send and receive mail through a site-aware mail organisation that runs inside the Camel context. Longer than most
 * files: each option is a field and two methods.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "bridgehead",
        title = "Bridgehead",
        syntax = "bridgehead:operation/connector",
        category = {Category.MAIL, Category.MESSAGING},
        headersClass = BridgeheadConstants.class,
        remote = false)
public class BridgeheadEndpoint extends DefaultEndpoint implements HeaderFilterStrategyAware {
    @UriPath(
            enums = "submit,deliver,route,track,agent",
            description = "submit (producer): the body enters the organisation as a message. deliver (consumer): what"
                    + " a connector carries, acknowledged when the route has finished. route (producer): sets headers that"
                    + " tell the way of a message, without sending it. track (consumer): tracking events. agent (consumer):"
                    + " hubs ask the route what becomes of a message.")
    @Metadata(required = true)
    private BridgeheadOperation operation;

    @UriPath(
            description = "For deliver: the name of a send connector of the topology that has a camel: endpoint. For"
                    + " agent: the event, one of onSubmitted, onResolved, onRouted, onCategorized.")
    private @Nullable String connector;

    @UriParam(
            description =
                    "The topology file of the organisation, or classpath: and the name of a resource. Endpoints of a"
                            + " context with equal topology share one organisation, which runs until the last of them"
                            + " stops.")
    private @Nullable String topology;

    @UriParam(
            description =
                    "The folder for the spool and mailboxes of the organisation of topology. Without it everything"
                            + " is kept in memory and dies with the process.")
    private @Nullable String data;

    @UriParam(
            label = "producer",
            description = "For submit: the server that the message is handed to. Without it a hub in the site of the"
                    + " sender, or an edge for senders of elsewhere.")
    private @Nullable String server;

    @UriParam(
            label = "producer",
            defaultValue = "ACCEPTED",
            description = "For submit: when the exchange goes on. ACCEPTED: when a server has taken the message."
                    + " SETTLED: when no server has anything left to do of it; recipients that failed are in"
                    + " CamelBridgeheadRejected then, and the exchange fails.")
    private WaitFor waitFor = WaitFor.ACCEPTED;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description =
                    "For submit with waitFor=settled: how long the exchange waits before it fails. The message goes"
                            + " its way nevertheless.")
    private long settleTimeout = 300_000;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "10",
            description =
                    "For submit: how many messages are handed in at once, each over a connection of its own, which"
                            + " is kept for the next one.")
    private int connections = 10;

    @UriParam(
            label = "consumer",
            description =
                    "For deliver and agent: whether header fields of the mail become Camel headers, beside those that start"
                            + " with CamelBridgehead. They are a stranger's words: headerFilterStrategy takes out those that Camel"
                            + " takes for its own.")
    private boolean mapHeaders;

    @UriParam(
            label = "consumer,advanced",
            description = "For deliver with mapHeaders: which header fields are left out.")
    private HeaderFilterStrategy headerFilterStrategy = new BridgeheadHeaderFilterStrategy();

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "For agent: how long the route may take; a later answer is not heard.")
    private long timeLimit = 30_000;

    @UriParam(
            label = "consumer",
            defaultValue = "DEFER",
            description =
                    "For agent: what counts when the route fails or takes too long. DEFER: the message waits and the"
                            + " route is asked again, until the message expires; later events than onSubmitted refuse it."
                            + " CONTINUE: it goes on. REJECT: it is refused.")
    private HubAgent.OnFailure onFailure = HubAgent.OnFailure.DEFER;

    @UriParam(label = "producer", description = "For route: the site or server where the way begins.")
    private @Nullable String from;

    @UriParam(
            label = "advanced",
            description = "A running organisation, instead of topology. It is not stopped with the context.")
    private @Nullable MailOrganization organization;

    /** What is to be given back; null = nothing was taken. */
    private OrganizationPool.@Nullable Lease lease;

    /** For {@link BridgeheadComponent}. */
    @SuppressWarnings("NullAway.Init") // the component sets the operation
    public BridgeheadEndpoint(String uri, BridgeheadComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        if (operation == BridgeheadOperation.SUBMIT) {
            return new BridgeheadProducer(this);
        }
        if (operation == BridgeheadOperation.ROUTE) {
            return new RouteProducer(this);
        }
        throw new UnsupportedOperationException(this + " is read from, not written to");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer;
        if (operation == BridgeheadOperation.DELIVER) {
            consumer = new BridgeheadConsumer(this, processor);
        } else if (operation == BridgeheadOperation.TRACK) {
            consumer = new TrackConsumer(this, processor);
        } else if (operation == BridgeheadOperation.AGENT) {
            consumer = new AgentConsumer(this, processor);
        } else {
            throw new UnsupportedOperationException(this + " is written to, not read from");
        }
        configureConsumer(consumer);
        return consumer;
    }

    /** The organisation, started when it does not run yet. */
    synchronized MailOrganization organization() throws Exception {
        MailOrganization given = organization;
        if (given == null && topology == null) {
            given = ((BridgeheadComponent) getComponent()).getOrganization();
        }
        if (given != null) {
            OrganizationPool.of(getCamelContext()).uses(given);
            return given;
        }
        if (topology == null) {
            throw new IllegalArgumentException(
                    this + " needs to know its organisation: topology=FILE or organization=#bean");
        }
        OrganizationPool.Lease taken = lease;
        if (taken == null) {
            taken = OrganizationPool.of(getCamelContext()).acquire(topology, data);
            lease = taken;
        }
        return taken.organization();
    }

    @Override
    protected synchronized void doStop() throws Exception {
        if (lease != null) {
            lease.release();
            lease = null;
        }
        super.doStop();
    }

    /** What it does. */
    public BridgeheadOperation getOperation() {
        return operation;
    }

    /** Sets {@link #getOperation}. */
    public void setOperation(BridgeheadOperation operation) {
        this.operation = operation;
    }

    /** The connector whose mail is consumed. */
    public @Nullable String getConnector() {
        return connector;
    }

    /** Sets {@link #getConnector}. */
    public void setConnector(@Nullable String connector) {
        this.connector = connector;
    }

    /** The topology file. */
    public @Nullable String getTopology() {
        return topology;
    }

    /** Sets {@link #getTopology}. */
    public void setTopology(@Nullable String topology) {
        this.topology = topology;
    }

    /** The data folder. */
    public @Nullable String getData() {
        return data;
    }

    /** Sets {@link #getData}. */
    public void setData(@Nullable String data) {
        this.data = data;
    }

    /** The server that messages are handed to. */
    public @Nullable String getServer() {
        return server;
    }

    /** Sets {@link #getServer}. */
    public void setServer(@Nullable String server) {
        this.server = server;
    }

    /** When a submitted message counts as handed in. */
    public WaitFor getWaitFor() {
        return waitFor;
    }

    /** Sets {@link #getWaitFor}. */
    public void setWaitFor(WaitFor waitFor) {
        this.waitFor = waitFor;
    }

    /** How long is waited for the end of a message, in milliseconds. */
    public long getSettleTimeout() {
        return settleTimeout;
    }

    /** Sets {@link #getSettleTimeout}. */
    public void setSettleTimeout(long settleTimeout) {
        this.settleTimeout = settleTimeout;
    }

    /** How many messages are handed in at once. */
    public int getConnections() {
        return connections;
    }

    /** Sets {@link #getConnections}; at least 1. */
    public void setConnections(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("connections=" + connections + " is less than 1");
        }
        this.connections = connections;
    }

    /** How long an agent's route may take, in milliseconds. */
    public long getTimeLimit() {
        return timeLimit;
    }

    /** Sets {@link #getTimeLimit}. */
    public void setTimeLimit(long timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** What counts when an agent's route fails or takes too long. */
    public HubAgent.OnFailure getOnFailure() {
        return onFailure;
    }

    /** Sets {@link #getOnFailure}. */
    public void setOnFailure(HubAgent.OnFailure onFailure) {
        this.onFailure = onFailure;
    }

    /** Whether header fields become Camel headers. */
    public boolean isMapHeaders() {
        return mapHeaders;
    }

    /** Sets {@link #isMapHeaders}. */
    public void setMapHeaders(boolean mapHeaders) {
        this.mapHeaders = mapHeaders;
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy strategy) {
        this.headerFilterStrategy = strategy;
    }

    /** Where a way begins. */
    public @Nullable String getFrom() {
        return from;
    }

    /** Sets {@link #getFrom}. */
    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    /** The organisation that was given. */
    public @Nullable MailOrganization getOrganization() {
        return organization;
    }

    /** Sets {@link #getOrganization}. */
    public void setOrganization(@Nullable MailOrganization organization) {
        this.organization = organization;
    }
}
