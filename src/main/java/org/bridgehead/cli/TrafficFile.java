package org.bridgehead.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.config.Notation;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.DryExpansion;
import org.bridgehead.whatif.TrafficLoad.Demand;

/**
 * A traffic matrix: comma-separated {@code from,to,messages,size} with a heading, the columns in any order. {@code from}
 * and {@code to} are sites, servers or addresses; several recipients of one message are parted by semicolons or spaces.
 */
final class TrafficFile {
    private static final List<String> COLUMNS = List.of("from", "to", "messages", "size");

    private final Path file;
    private final Organization organization;
    private final Places places;
    private final RoutingTable routes;
    private final long defaultSize;

    TrafficFile(Path file, Organization organization, RoutingTable routes, long defaultSize) {
        this.file = file;
        this.organization = organization;
        this.places = new Places(organization);
        this.routes = routes;
        this.defaultSize = defaultSize;
    }

    /**
     * Reads the file.
     *
     * @throws Failure with file, line and column for what cannot be used
     */
    List<Demand> read() {
        List<String> lines = lines();
        int heading = 0;
        while (heading < lines.size() && isEmpty(lines.get(heading))) {
            heading++;
        }
        if (heading == lines.size()) {
            throw Failure.usage(file + " is empty; begin with a line from,to,messages,size");
        }
        List<String> columns = cells(lines.get(heading)).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        for (String column : List.of("from", "to", "messages")) {
            if (!columns.contains(column)) {
                throw wrong(heading, column, "the heading has no such column; write from,to,messages,size");
            }
        }
        columns.stream().filter(name -> !COLUMNS.contains(name)).findFirst().ifPresent(unknown -> {
            throw Failure.usage(
                    file + ":1: no column is called \"" + unknown + "\"" + Suggestion.after(unknown, COLUMNS));
        });
        List<Demand> demands = new ArrayList<>();
        for (int line = heading + 1; line < lines.size(); line++) {
            if (!isEmpty(lines.get(line))) {
                demands.add(demand(line, columns, cells(lines.get(line))));
            }
        }
        checkCountable(demands);
        return demands;
    }

    /** Sums over all links must fit a number of 63 bits. */
    private void checkCountable(List<Demand> demands) {
        BigInteger octets = demands.stream()
                .map(demand -> BigInteger.valueOf(demand.messages())
                        .multiply(BigInteger.valueOf(Math.max(1, demand.size())))
                        .multiply(BigInteger.valueOf(Math.max(1, demand.to().size()))))
                .reduce(BigInteger.ZERO, BigInteger::add);
        long links = organization.topology().sites().size();
        if (octets.multiply(BigInteger.valueOf(Math.max(1, links))).bitLength() > 62) {
            throw Failure.usage(file + ": more bytes than can be counted; look at the messages and sizes");
        }
    }

    private List<String> lines() {
        if (!Files.isRegularFile(file)) {
            throw Failure.usage("no such traffic file: " + file + "; it has lines from,to,messages,size");
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                .toList();
    }

    private Failure wrong(int line, String column, String what) {
        return Failure.usage(file + ":" + (line + 1) + ": " + column + ": " + what);
    }

    private Demand demand(int line, List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw Failure.usage(file + ":" + (line + 1) + ": " + cells.size() + " cells under " + columns.size()
                    + " columns; several recipients are parted by semicolons");
        }
        String from = site(line, "from", cells.get(columns.indexOf("from")));
        TreeSet<String> to = Names.set();
        for (String one : cells.get(columns.indexOf("to")).split("[; ]+")) {
            to.addAll(sites(line, from, one));
        }
        int size = columns.indexOf("size");
        return new Demand(
                from,
                List.copyOf(to),
                messages(line, cells.get(columns.indexOf("messages"))),
                size < 0 || cells.get(size).isEmpty() ? defaultSize : size(line, cells.get(size)));
    }

    private long messages(int line, String text) {
        try {
            long count = Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw Failure.usage(file + ":" + (line + 1) + ": messages: \"" + text + "\" is no whole number", e);
        }
        throw wrong(line, "messages", text + " is below zero");
    }

    private long size(int line, String text) {
        return Notation.size(text).orElseThrow(() -> wrong(line, "size", "\"" + text + "\" is no size such as 64KB"));
    }

    private String site(int line, String column, String text) {
        try {
            Place place = places.find(text);
            return place.site().orElseThrow(() -> wrong(line, column, place.name() + " is outside the organisation"));
        } catch (Failure e) {
            throw located(line, column, e);
        }
    }

    private Failure located(int line, String column, Failure e) {
        String place = file + ":" + (line + 1) + ": ";
        String said = String.valueOf(e.getMessage());
        return said.startsWith(place) ? e : Failure.usage(place + column + ": " + said, e);
    }

    /** The sites where a recipient's mail ends: of a group all of its members'. */
    private List<String> sites(int line, String from, String text) {
        if (text.indexOf('@') < 0) {
            return List.of(site(line, "to", text));
        }
        try {
            places.known(text);
        } catch (Failure e) {
            throw located(line, "to", e);
        }
        DryExpansion expansion = DryExpansion.of(
                organization.topology().settings(),
                FileDirectory.of(organization.directory()),
                EmailAddress.tryParse(text).orElseThrow(() -> wrong(line, "to", text + " is no mail address")),
                DryExpansion.fromInside(organization.topology().settings(), 0));
        return expansion.recipients().stream()
                .flatMap(member -> site(from, member).stream())
                .toList();
    }

    private Optional<String> site(String from, DryExpansion.Member member) {
        if (member.destination() instanceof Destination.InMailbox box) {
            return organization.topology().server(box.database().server()).flatMap(Server::site);
        }
        return routes.hubsOf(from).stream().findFirst().flatMap(hub -> {
            NextHop next = Router.of(routes, hub).toExternal(member.address(), 0, List.of());
            return next instanceof NextHop.Sites sites ? Optional.of(sites.destination()) : Optional.of(from);
        });
    }
}
