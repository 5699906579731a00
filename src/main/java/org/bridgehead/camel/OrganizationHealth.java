package org.bridgehead.camel;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.bridgehead.core.topology.Role;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerHandle;

/**
 * Whether an organisation that a Camel context uses is well: DOWN while a hub or edge of it does not run. Its details
 * count the messages that wait. A readiness check: a restart of the process does not mend a server that was killed on
 * purpose. Safe for any thread.
 */
final class OrganizationHealth implements HealthCheck {
    private final String id;
    private final MailOrganization organization;
    private volatile boolean enabled = true;

    private OrganizationHealth(String id, MailOrganization organization) {
        this.id = id;
        this.organization = organization;
    }

    /**
     * Puts an organisation among the health checks of a context, where it has any.
     *
     * @return takes it out again
     */
    static Runnable register(CamelContext context, MailOrganization organization) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks == null) {
            return () -> {};
        }
        OrganizationHealth check = new OrganizationHealth(
                "bridgehead:" + organization.topology().settings().name(), organization);
        checks.register(check);
        return () -> checks.unregister(check);
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        List<ServerHandle> down = organization.servers().values().stream()
                .filter(server -> transports(server.name()) && !server.isRunning())
                .toList();
        int waiting = organization.servers().values().stream()
                .filter(server -> transports(server.name()))
                .mapToInt(ServerHandle::messages)
                .sum();
        result.detail("messages", waiting);
        if (down.isEmpty()) {
            return result.up().build();
        }
        List<String> names = down.stream().map(ServerHandle::name).toList();
        return result.detail("down", names)
                .message("down: " + String.join(", ", names))
                .down()
                .build();
    }

    private boolean transports(String server) {
        return organization
                .topology()
                .server(server)
                .filter(its -> its.is(Role.HUB_TRANSPORT) || its.is(Role.EDGE_TRANSPORT))
                .isPresent();
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean on) {
        enabled = on;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public String getGroup() {
        return "bridgehead";
    }

    @Override
    public String getId() {
        return id;
    }
}
