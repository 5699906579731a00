package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.bridgehead.core.directory.ControllerChoice;
import org.bridgehead.core.directory.ControllerState;
import org.bridgehead.core.directory.DirectoryAccess;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.directory.NearController;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The domain controllers of an organisation, asked in the order of {@link DirectoryAccess}: who fails is left alone for a
 * while and the next one is asked. An answer that is not whole is no answer; another one may have the whole. Safe for any
 * thread.
 */
final class DomainControllers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainControllers.class);

    /** Time for a question as a multiple of that for one controller. */
    private static final int CONTROLLERS_TIMED_OUT = 3;

    /** What a controller says that has no time for us, or does not take us for who we are. */
    private static final List<ResultCode> TURNED_AWAY = List.of(
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.OTHER,
            ResultCode.OPERATIONS_ERROR,
            ResultCode.PROTOCOL_ERROR,
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.STRONG_AUTH_REQUIRED,
            ResultCode.CONFIDENTIALITY_REQUIRED);

    /** What goes wrong on the way to a controller; with any other result it is well, but gives only a part. */
    private static final List<ResultCode> CONNECTION = List.of(
            ResultCode.SERVER_DOWN,
            ResultCode.CONNECT_ERROR,
            ResultCode.TIMEOUT,
            ResultCode.DECODING_ERROR,
            ResultCode.ENCODING_ERROR);

    /** What is asked of one controller. */
    interface Task<T> {
        /** Asks; what is not a whole answer is thrown. */
        T at(String controller, ControllerPool pool) throws LDAPException;
    }

    private final LdapAccess settings;
    private final LdapConditions conditions;
    private final DirectoryAccess access;
    private final SortedMap<String, ControllerPool> pools = Names.map();
    private final AtomicInteger turns = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private DomainControllers(Topology topology, Ldap ldap, LdapConditions conditions) throws IOException {
        this.settings = ldap.access();
        this.conditions = conditions;
        this.access = DirectoryAccess.of(topology, settings);
        LdapConnector connector = LdapConnector.of(ldap, conditions.folder());
        for (Server server : topology.servers().values()) {
            if (server.is(Role.DOMAIN_CONTROLLER) && server.ldap().isPresent()) {
                LDAPURL address = address(server.name(), server.ldap().get());
                pools.put(
                        server.name(),
                        new ControllerPool(address, connector, settings.connections(), settings.timeLimit()));
            }
        }
    }

    private static LDAPURL address(String server, String url) throws IOException {
        try {
            return new LDAPURL(url);
        } catch (LDAPException e) {
            throw new IOException(server + ": " + url + " is no LDAP address: " + e.getMessage(), e);
        }
    }

    /**
     * Those of a topology; none is asked yet.
     *
     * @throws IOException when the password or the certificates cannot be read
     */
    static DomainControllers of(Topology topology, Ldap ldap, LdapConditions conditions) throws IOException {
        return new DomainControllers(topology, ldap, conditions);
    }

    Instant now() {
        return conditions.clock().get();
    }

    /** Whom a site would ask now; nothing is asked. */
    private ControllerChoice choose(String site) {
        synchronized (access) {
            return access.choose(
                    site,
                    turns.getAndIncrement(),
                    now(),
                    controller -> conditions.obstacle().apply(site, controller));
        }
    }

    /**
     * The first whole answer.
     *
     * @param last controllers that are asked behind all others
     */
    <T> T ask(String site, List<String> last, Task<T> task) throws NobodyAnswersException {
        ControllerChoice choice = choose(site);
        List<NearController> order = new ArrayList<>(choice.order());
        order.sort(Comparator.comparing(one -> last.stream().anyMatch(name -> Names.same(name, one.name()))));
        List<String> said = new ArrayList<>();
        long end = System.nanoTime()
                + settings.timeLimit().multipliedBy(CONTROLLERS_TIMED_OUT).toNanos();
        for (NearController controller : order) {
            if (System.nanoTime() - end >= 0) {
                break;
            }
            try {
                return tried(controller.name(), task);
            } catch (LDAPException e) {
                said.add(controller.name() + ": " + LdapWords.of(e, settings.timeLimit()));
            }
        }
        if (choice.order().isEmpty() || !choice.passed().isEmpty()) {
            said.add(choice.reason());
        }
        throw new NobodyAnswersException("no domain controller answers: " + String.join("; ", said));
    }

    /** Asks that controller and no other; empty = it may not be asked now, or failed. */
    <T> Optional<T> askOnly(String site, String controller, Task<T> task) {
        boolean may = choose(site).order().stream().anyMatch(one -> Names.same(one.name(), controller));
        try {
            return may ? Optional.of(tried(controller, task)) : Optional.empty();
        } catch (LDAPException e) {
            LOG.debug("{}: {}", controller, LdapWords.of(e, settings.timeLimit()));
            return Optional.empty();
        }
    }

    private <T> T tried(String controller, Task<T> task) throws LDAPException {
        ControllerPool pool = Optional.ofNullable(pools.get(controller)).orElseThrow();
        requests.increment();
        try {
            T answer = task.at(controller, pool);
            answered(controller);
            return answer;
        } catch (LDAPException e) {
            failures.increment();
            if (CONNECTION.contains(e.getResultCode()) || TURNED_AWAY.contains(e.getResultCode())) {
                failed(controller, LdapWords.of(e, settings.timeLimit()));
            }
            throw e;
        }
    }

    private void answered(String controller) {
        boolean again;
        synchronized (access) {
            again = access.state(controller, now()).failures() > 0;
            access.answered(controller);
        }
        if (again) {
            LOG.info("{} answers again", controller);
        }
    }

    private void failed(String controller, String why) {
        ControllerState state;
        synchronized (access) {
            access.failed(controller, why, now());
            state = access.state(controller, now());
        }
        LOG.warn(
                "{} is not asked until {}: {}",
                controller,
                state.notBefore().map(Instant::toString).orElse("now"),
                why);
    }

    /** Whether a password is that of an entry. */
    boolean proves(String site, String dn, String password) throws NobodyAnswersException {
        return ask(site, List.of(), (controller, pool) -> pool.proves(dn, password));
    }

    /** How each one stands, by name. */
    List<ControllerState> states() {
        synchronized (access) {
            return pools.keySet().stream()
                    .map(name -> access.state(name, now()))
                    .toList();
        }
    }

    long requests() {
        return requests.sum();
    }

    long failures() {
        return failures.sum();
    }

    Duration timeLimit() {
        return settings.timeLimit();
    }

    @Override
    public void close() {
        pools.values().forEach(ControllerPool::close);
    }
}
