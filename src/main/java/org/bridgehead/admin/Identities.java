package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;

/**
 * Finds what identities name (BEHAVIOUR 3.1): {@code Server\NextHopDomain}, {@code Server\Number}, {@code Server\*},
 * {@code Server\Queue\MessageNumber}; the server may be left out where only one has such a queue. Letters of any case.
 */
final class Identities {
    /** A message that was named. */
    record Named(String server, String queue, InternalId id) {}

    private final MailOrganization organization;
    private final Control control;

    Identities(MailOrganization organization, Control control) {
        this.organization = organization;
        this.control = control;
    }

    /** The name of a server that runs here, as the topology writes it. */
    String server(String name) {
        return named(name, organization.servers().keySet(), "server", "runs here");
    }

    /** The same for a hub or edge. */
    String hub(String name) {
        String server = server(name);
        if (organization.mailboxServers().stream().anyMatch(its -> Names.same(its, server))
                && control.servers().stream()
                        .filter(state -> Names.same(state.name(), server))
                        .noneMatch(state -> state.roles().stream()
                                .anyMatch(role -> role.keyword().endsWith("Transport")))) {
            throw Problem.notFound(server + " is a mailbox server: it has no queues", "");
        }
        return server;
    }

    static String named(String name, Collection<String> known, String kind, String where) {
        return known.stream()
                .filter(its -> Names.same(its, name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                        "no " + kind + " " + name + " " + where + Nearest.after(name, known),
                        known.isEmpty() ? "there is none" : "there are " + shortened(known)));
    }

    private static String shortened(Collection<String> names) {
        List<String> first = names.stream().limit(10).toList();
        return String.join(", ", first) + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : "");
    }

    /** One queue. */
    QueueView queue(String identity) {
        List<QueueView> found = queues(identity);
        if (found.size() > 1) {
            throw Problem.badRequest(
                    found.size() + " queues are named " + identity,
                    "one of "
                            + shortened(found.stream().map(QueueView::identity).toList()));
        }
        return found.get(0);
    }

    /** At least one queue. */
    List<QueueView> queues(String identity) {
        int slash = identity.indexOf('\\');
        Optional<String> server = slash < 0 ? Optional.empty() : Optional.of(hub(identity.substring(0, slash)));
        server.ifPresent(this::requireRunning);
        String name = identity.substring(slash + 1);
        List<QueueView> all = control.queues(server);
        List<QueueView> found = name.equals(Operation.EVERY_QUEUE) && server.isPresent() ? all : matching(all, name);
        if (found.isEmpty()) {
            List<String> known = new ArrayList<>();
            all.forEach(queue -> known.add(slash < 0 ? queue.name() : queue.identity()));
            all.forEach(queue ->
                    known.add(slash < 0 ? queue.nextHopDomain() : server.orElse("") + "\\" + queue.nextHopDomain()));
            throw Problem.notFound(
                    "no queue " + identity
                            + Nearest.after(identity, known.stream().distinct().toList()),
                    "a queue is there while it has mail or a connection; see: bridgehead queue list");
        }
        return found;
    }

    private void requireRunning(String server) {
        if (!organization.server(server).isRunning()) {
            throw Problem.conflict(server + " does not run", "bridgehead server start " + server);
        }
    }

    /** Those of a name, of a number or that lead to a next hop; a name goes before the others. */
    static List<QueueView> matching(List<QueueView> all, String name) {
        List<QueueView> named = all.stream()
                .filter(queue -> Names.same(queue.name(), name) || Names.same(queue.identity(), name))
                .toList();
        return !named.isEmpty()
                ? named
                : all.stream()
                        .filter(queue -> Names.same(queue.nextHopDomain(), name)
                                || queue.number() > 0 && name.equals(Integer.toString(queue.number())))
                        .toList();
    }

    /** A message; whether it is there is for the server to say. */
    Named message(String identity) {
        int first = identity.indexOf('\\');
        int last = identity.lastIndexOf('\\');
        String number = identity.substring(last + 1);
        if (first < 0 || !number.matches("[1-9]\\d{0,17}")) {
            throw Problem.badRequest(
                    "no identity of a message: " + identity, "SERVER\\QUEUE\\NUMBER, as bridgehead message list says");
        }
        String server = hub(identity.substring(0, first));
        requireRunning(server);
        String queue = first == last ? Operation.EVERY_QUEUE : identity.substring(first + 1, last);
        if (!queue.equals(Operation.EVERY_QUEUE) && !Names.same(queue, Operation.SUBMISSION)) {
            queue = matching(control.queues(Optional.of(server)), queue).stream()
                    .findFirst()
                    .map(QueueView::name)
                    .orElse(queue);
        }
        return new Named(server, queue, new InternalId(Long.parseLong(number)));
    }
}
