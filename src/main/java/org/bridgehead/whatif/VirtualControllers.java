package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.ControllerChoice;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.DirectoryAccess;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.directory.NearController;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * The domain controllers as hubs ask them: chosen by {@link DirectoryAccess}, down, cut off, slow, and each behind the
 * others by a while of its own, which is how long a change takes to get there. A list is read to its end at one of them as
 * long as that answers. Where no controller has an address the directory is just there. One thread.
 */
final class VirtualControllers {
    private static final long SLOWEST_REPLICATION = Duration.ofMinutes(15).toNanos();

    /**
     * What came of a question.
     *
     * @param page the answer; {@link Answer.Unavailable} when nobody gave one
     * @param nanos how long it took, with those that were asked in vain
     */
    record Reply(Page page, long nanos) {}

    /** How a hub chooses, and the site where it is. */
    private record Asker(DirectoryAccess access, String site) {}

    private final World world;
    private final Pace pace;
    private final LivingGroups directory;
    private final Optional<LdapAccess> settings;
    private final Map<VirtualServer, Asker> askers = new LinkedHashMap<>();
    private final SortedMap<String, Duration> slow = Names.map();
    /** How far each is behind the others, in nanoseconds. */
    private final Map<String, Long> lags = new LinkedHashMap<>();

    private Topology known;
    private boolean exist;
    private int turn;

    VirtualControllers(World world, Pace pace, LivingGroups directory, Optional<LdapAccess> settings) {
        this.world = world;
        this.pace = pace;
        this.directory = directory;
        this.settings = settings;
        this.known = world.topology();
        this.exist = exist(known);
    }

    private boolean exist(Topology topology) {
        return settings.isPresent()
                && topology.servers().values().stream()
                        .anyMatch(server -> server.is(Role.DOMAIN_CONTROLLER)
                                && server.ldap().isPresent());
    }

    /** Whether some server is asked; otherwise the directory always answers. */
    private boolean exist() {
        if (known != world.topology()) {
            known = world.topology();
            exist = exist(known);
            askers.clear();
        }
        return exist;
    }

    /** From now on a controller takes that much longer to answer. */
    void slow(String controller, Duration delay) {
        slow.put(controller, delay);
    }

    /** A hub asks for a page. */
    Reply ask(VirtualServer hub, List<Question> questions, Optional<Cursor> from, Instant now) {
        if (!exist()) {
            return new Reply(directory.ask(questions, from), pace.directory(hub));
        }
        Asker asker = askers.computeIfAbsent(hub, this::asker);
        DirectoryAccess access = asker.access();
        ControllerChoice choice = access.choose(asker.site(), turn++, now, name -> Optional.empty());
        long spent = 0;
        for (NearController controller : pinned(choice.order(), from)) {
            Optional<String> trouble = trouble(hub, controller.name());
            spent += time(hub, controller.name());
            if (trouble.isEmpty()) {
                access.answered(controller.name());
                return new Reply(page(controller.name(), questions, from, now), spent);
            }
            access.failed(controller.name(), trouble.get(), now);
        }
        String why = "no domain controller answers: " + choice.reason();
        return new Reply(new Page(List.of(new Answer.Unavailable(why)), Optional.empty()), spent);
    }

    private Asker asker(VirtualServer hub) {
        return new Asker(
                DirectoryAccess.of(known, settings.orElse(LdapAccess.DEFAULT)),
                known.server(hub.name()).flatMap(Server::site).orElse(""));
    }

    /** Who gave the page before goes on, if that can be. */
    private static List<NearController> pinned(List<NearController> order, Optional<Cursor> from) {
        if (from.isEmpty()) {
            return order;
        }
        List<NearController> first = new ArrayList<>();
        List<NearController> others = new ArrayList<>();
        for (NearController controller : order) {
            boolean began = from.get().token().startsWith(mark(controller.name()));
            (began ? first : others).add(controller);
        }
        first.addAll(others);
        return first;
    }

    private static String mark(String controller) {
        return controller + "|";
    }

    private Optional<String> trouble(VirtualServer hub, String controller) {
        Optional<String> obstacle = world.obstacle(hub.name(), controller);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        if (slowness(controller).compareTo(limit()) >= 0) {
            return Optional.of("no answer within " + limit().toSeconds() + " s");
        }
        boolean kept = pace.luck(hub) == Pace.Luck.GOOD;
        // One that was kept and broke is replaced without a word.
        boolean works = kept || pace.luck(hub) == Pace.Luck.GOOD;
        return works ? Optional.empty() : Optional.of("the connection broke");
    }

    private Duration limit() {
        return settings.orElse(LdapAccess.DEFAULT).timeLimit();
    }

    private Duration slowness(String controller) {
        return slow.getOrDefault(controller, Duration.ZERO);
    }

    /** A dead machine says so at once, a slow one never. */
    private long time(VirtualServer hub, String controller) {
        Duration slowness = slowness(controller);
        return pace.directory(hub) + (slowness.compareTo(limit()) < 0 ? slowness : limit()).toNanos();
    }

    private Page page(String controller, List<Question> questions, Optional<Cursor> from, Instant now) {
        Optional<Cursor> place = from.map(
                cursor -> new Cursor(cursor.token().substring(cursor.token().indexOf('|') + 1)));
        Page page = directory.ask(questions, place, now.minusNanos(lag(controller)));
        return page.next().isEmpty()
                ? page
                : new Page(page.answers(), page.next().map(next -> new Cursor(mark(controller) + next.token())));
    }

    private long lag(String controller) {
        return pace.isIdeal()
                ? 0
                : lags.computeIfAbsent(
                        controller, name -> Dice.of(world.seed(), name).below(SLOWEST_REPLICATION));
    }
}
