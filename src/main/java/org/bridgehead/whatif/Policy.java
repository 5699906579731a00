package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Topology;

/**
 * What an organisation promises about its routes, a statement a line:
 *
 * <pre>
 * # comment
 * Berlin -> Rome never touches Zurich
 * * -> Rome passes site:Vienna
 * London -> * within 4 hops
 * Berlin -> Rome within cost 100
 * * -> * is reachable
 * * -> * is reachable under any single failure of links
 * Berlin -> Rome is connected under any double failure of links, sites, servers
 * </pre>
 *
 * <p>{@code *} is every site. A part is a site, or {@code site:}, {@code link:} or {@code server:} with a name (a server
 * stands for a hub that the mail may be handed to). <em>Reachable</em>: mail arrives, under the policy of the topology.
 * <em>Connected</em>: links and sites are left to carry it, though it may be held until a failed part is back.
 */
public final class Policy {
    private static final String NAME = "(\"[^\"]+\"|\\S+)";
    private static final String ARROW = "\\s*(?:->|\u2192)\\s*";
    private static final Pattern PAIR = Pattern.compile(NAME + ARROW + NAME + "\\s+(.+)");
    /** Names of several words need no quotes, unless a word in them begins a claim. */
    private static final Pattern WORDS = Pattern.compile(
            "([^\">\u2192]+?|\"[^\"]+\")" + ARROW
                    + "([^\">\u2192]+?|\"[^\"]+\")\\s+((?:never\\s+touches|passes|within|(?:is\\s+)?(?:reachable|connected))\\b.*)");

    private static final Pattern TOUCHES = Pattern.compile("never\\s+touches\\s+(.+)");
    private static final Pattern PASSES = Pattern.compile("passes\\s+(.+)");
    private static final Pattern WITHIN = Pattern.compile("within\\s+(?:(\\d+)\\s+hops?|cost\\s+(\\d+))");
    private static final Pattern HOLDS = Pattern.compile("(?:is\\s+)?(reachable|connected)"
            + "(?:\\s+under\\s+any\\s+(single|double)\\s+failure(?:\\s+of\\s+([a-z, ]+))?)?");

    private static final String FORMS =
            "write FROM -> TO never touches PART, passes PART, within N hops, within cost N, is reachable, or is"
                    + " connected, the last two perhaps under any single failure of links, sites, servers";

    private Policy() {}

    /** One statement. */
    public sealed interface Claim {
        /** Where mail comes from; empty = any site. */
        Pair pair();
    }

    /**
     * The pairs a statement is about.
     *
     * @param from site name, empty = every one
     * @param to site name, empty = every one
     */
    public record Pair(Optional<String> from, Optional<String> to) {}

    /**
     * The path keeps off a part.
     *
     * @param pair which
     * @param part site, link or server
     */
    public record NeverTouches(Pair pair, Item part) implements Claim {}

    /**
     * The path leads over a part.
     *
     * @param pair which
     * @param part site, link or server
     */
    public record Passes(Pair pair, Item part) implements Claim {}

    /**
     * The path has a limit.
     *
     * @param pair which
     * @param most hops, or cost
     * @param hops whether hops are meant
     */
    public record Within(Pair pair, long most, boolean hops) implements Claim {}

    /**
     * Mail arrives, or could, whatever fails.
     *
     * @param pair which
     * @param arrives whether it must arrive, rather than only stay connected
     * @param failures at once: 0, 1 or 2
     * @param kinds {@code link}, {@code site}, {@code server}: what may fail
     */
    public record Survives(Pair pair, boolean arrives, int failures, List<String> kinds) implements Claim {
        /** Copies the list. */
        public Survives {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * A statement and where it stands.
     *
     * @param line from 1
     * @param text as written
     * @param claim what it says
     */
    public record Statement(int line, String text, Claim claim) {}

    /**
     * Reads a policy.
     *
     * @throws PolicySyntaxException for the first line that is no statement, or names what the topology does not have
     */
    public static List<Statement> parse(String text, Topology topology) throws PolicySyntaxException {
        List<Statement> statements = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                statements.add(new Statement(i + 1, line, new Reader(topology, i + 1).claim(line)));
            }
        }
        return List.copyOf(statements);
    }

    private record Reader(Topology topology, int line) {
        Claim claim(String text) throws PolicySyntaxException {
            Matcher words = WORDS.matcher(text);
            Matcher matcher = words.matches() ? words : PAIR.matcher(text);
            if (!matcher.matches()) {
                throw wrong("\"" + text + "\" is no statement; " + FORMS);
            }
            Pair pair = new Pair(end(matcher.group(1)), end(matcher.group(2)));
            String rest = matcher.group(3).strip();
            Matcher touches = TOUCHES.matcher(rest);
            if (touches.matches()) {
                return new NeverTouches(pair, part(touches.group(1)));
            }
            Matcher passes = PASSES.matcher(rest);
            if (passes.matches()) {
                return new Passes(pair, part(passes.group(1)));
            }
            Matcher within = WITHIN.matcher(rest);
            if (within.matches()) {
                boolean hops = within.group(1) != null;
                return new Within(pair, number(hops ? within.group(1) : within.group(2)), hops);
            }
            Matcher holds = HOLDS.matcher(rest);
            if (holds.matches()) {
                return new Survives(
                        pair,
                        holds.group(1).equals("reachable"),
                        holds.group(2) == null ? 0 : holds.group(2).equals("single") ? 1 : 2,
                        kinds(Optional.ofNullable(holds.group(3)).orElse("links, sites, servers")));
            }
            throw wrong("\"" + rest + "\" is no claim; " + FORMS);
        }

        private PolicySyntaxException wrong(String message) {
            return new PolicySyntaxException(line, message);
        }

        private long number(String digits) throws PolicySyntaxException {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                PolicySyntaxException wrong = wrong(digits + " is too large");
                wrong.initCause(e);
                throw wrong;
            }
        }

        private static String unquoted(String name) {
            return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
        }

        private Optional<String> end(String name) throws PolicySyntaxException {
            if (name.equals("*")) {
                return Optional.empty();
            }
            Item item = part(name);
            if (!item.kind().equals(Item.SITE)) {
                throw wrong(name + " is no site; routes lead from site to site");
            }
            return Optional.of(item.name());
        }

        private Item part(String written) throws PolicySyntaxException {
            String name = unquoted(written);
            Item item = Item.tryParse(name)
                    .filter(its -> List.of(Item.SITE, Item.LINK, Item.SERVER).contains(its.kind()))
                    .orElse(new Item(Item.SITE, name));
            Optional<String> found = switch (item.kind()) {
                case Item.SITE -> topology.site(item.name()).map(site -> site.name());
                case Item.LINK ->
                    Optional.ofNullable(topology.links().get(item.name())).map(link -> link.name());
                default -> topology.server(item.name()).map(server -> server.name());
            };
            return new Item(
                    item.kind(),
                    found.orElseThrow(
                            () -> wrong("the topology has no " + item.kind() + " named \"" + item.name() + "\"")));
        }

        private List<String> kinds(String words) throws PolicySyntaxException {
            List<String> kinds = new ArrayList<>();
            for (String word : words.strip().split("[, ]+")) {
                String singular = word.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
                if (!List.of(Item.LINK, Item.SITE, Item.SERVER).contains(singular)) {
                    throw wrong("\"" + word + "\" cannot fail; write links, sites or servers");
                }
                kinds.add(singular);
            }
            return kinds;
        }
    }
}
