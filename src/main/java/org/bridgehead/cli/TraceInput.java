package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.trace.Entrance;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.TracePlan;
import org.bridgehead.whatif.trace.TracedMail;

/** Makes a plan of what was typed. Everything the user can mend is a {@link Failure}. */
final class TraceInput {
    private static final long DEFAULT_SIZE = 1024;

    /** How the topology file reads with edits. */
    interface Source {
        Organization with(List<String> edits);
    }

    private record Head(long size, Optional<HeaderFacts> facts) {}

    private final TraceOptions options;
    private final Source source;
    private final Organization organization;
    private final Topology topology;
    private final Directory directory;
    private final Places places;

    /** Whom {@code people} makes of the organisation gets the mail. */
    TraceInput(TraceOptions options, Source source, Function<Organization, Directory> people) {
        this.options = options;
        this.source = source;
        this.organization = source.with(edits(Duration.ZERO));
        this.topology = organization.topology();
        this.directory = people.apply(organization);
        this.places = new Places(organization, directory);
    }

    /**
     * The plan.
     *
     * @throws Failure when something of it cannot be
     */
    TracePlan plan() {
        if (options.from == null || options.to.isEmpty()) {
            throw Failure.usage("a message has a sender and a recipient: write --from ADDR --to ADDR");
        }
        if (options.count < 1) {
            throw Failure.usage("--count " + options.count + ": at least one message is needed");
        }
        List<Incident> incidents = incidents();
        Optional<EmailAddress> sender = sender(options.from);
        boolean known = !options.anonymous && sender.filter(this::isOurs).isPresent();
        String server = options.via == null ? entrance(sender, known, incidents) : via(options.via);
        Head head = head();
        TracedMail mail = new TracedMail(
                sender,
                options.to.stream().map(this::address).distinct().toList(),
                head.size(),
                head.facts(),
                server,
                known);
        return TracePlan.of(topology, directory, outside(mail), start(), mail)
                .with(incidents)
                .times(options.count, Timed.duration("--every", options.every))
                .lasting(Timed.duration("--for", options.length));
    }

    private Optional<EmailAddress> sender(String text) {
        return text.equals("<>") ? Optional.empty() : Optional.of(address(text));
    }

    private EmailAddress address(String text) {
        try {
            return EmailAddress.parse(text);
        } catch (AddressSyntaxException e) {
            throw Failure.usage("\"" + text + "\" is no mail address: " + e.getMessage(), e);
        }
    }

    private Optional<DirectoryEntry> entry(EmailAddress address) {
        Answer answer = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        return answer instanceof Answer.Found found ? Optional.of(found.entry()) : Optional.empty();
    }

    private boolean isOurs(EmailAddress sender) {
        if (entry(sender).isPresent()) {
            return true;
        }
        places.known(sender.toString());
        return topology.settings().acceptedDomain(sender.domain()).isPresent();
    }

    private String entrance(Optional<EmailAddress> sender, boolean known, List<Incident> incidents) {
        List<String> down = incidents.stream()
                .filter(its -> its.at().isZero() && its instanceof Incident.Down)
                .map(its -> ((Incident.Down) its).item())
                .toList();
        Optional<String> home = known ? sender.flatMap(this::entry).flatMap(this::siteOf) : Optional.empty();
        if (home.isPresent()) {
            String site = home.get();
            return Entrance.ofSite(topology, down, site)
                    .or(() -> Entrance.ofSite(topology, List.of(), site))
                    .orElseThrow(() -> Failure.answer(site + " has no hub transport server: mail from " + options.from
                            + " stays in the outbox (or name another server with --via)"));
        }
        if (known) {
            throw Failure.usage(options.from + " has no mailbox here: name the hub it hands mail to with --via");
        }
        return Entrance.ofStrangers(topology, down)
                .orElseThrow(() -> Failure.usage("no server takes mail from strangers: name one with --via"));
    }

    private Optional<String> siteOf(DirectoryEntry entry) {
        return entry instanceof DirectoryEntry.Mailbox mailbox
                ? topology.server(mailbox.database().server()).flatMap(Server::site)
                : Optional.empty();
    }

    private String via(String name) {
        List<String> names = topology.servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT))
                .map(Server::name)
                .toList();
        return names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(
                        () -> Failure.usage("no hub or edge named \"" + name + "\"" + Suggestion.after(name, names)));
    }

    private List<Incident> incidents() {
        List<Incident> incidents = new ArrayList<>();
        options.down.stream()
                .map(Timed::of)
                .forEach(its -> incidents.add(new Incident.Down(its.at(), item(its.what()))));
        options.up.stream().map(Timed::of).forEach(its -> {
            if (its.at().isZero()) {
                throw Failure.usage(
                        "--up " + its.what() + ": after how long? write ITEM@TIME, such as " + its.what() + "@90m");
            }
            incidents.add(new Incident.Up(its.at(), item(its.what())));
        });
        options.set.stream()
                .map(Timed::of)
                .filter(its -> !its.at().isZero())
                .forEach(its -> incidents.add(new Incident.Change(
                        its.at(), its.what(), source.with(edits(its.at())).topology())));
        return incidents;
    }

    private String item(String text) {
        return places.items(List.of(text)).get(0);
    }

    /** All edits that hold at a time, in the order they were typed. */
    private List<String> edits(Duration at) {
        return options.set.stream()
                .map(Timed::of)
                .filter(its -> its.at().compareTo(at) <= 0)
                .map(Timed::what)
                .toList();
    }

    private Instant start() {
        if (options.start == null) {
            return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return Instant.parse(options.start);
        } catch (DateTimeParseException e) {
            throw Failure.usage("--start " + options.start + ": write it as 2026-03-01T09:30:00Z", e);
        }
    }

    private Head head() {
        if (options.message == null) {
            return new Head(Optional.ofNullable(options.size).orElse(DEFAULT_SIZE), Optional.empty());
        }
        byte[] octets = MessageFile.read(options.message);
        Optional<String> defect = new Letter(1, "", Optional.empty(), List.of(), "", false, octets, 0).defect();
        if (defect.isPresent()) {
            throw Failure.usage("no server takes " + options.message + ": " + defect.get());
        }
        HeaderFacts facts = HeaderReader.read(
                octets,
                organization.topology().settings().headerFields(),
                new MessageId("<given-by-the-first-server>"));
        return new Head(Optional.ofNullable(options.size).orElse((long) octets.length), Optional.of(facts));
    }

    /** Domains that mail may leave for: of the recipients, and of whoever inside stands for somebody outside. */
    private List<String> outside(TracedMail mail) {
        Stream<EmailAddress> targets = organization.directory().recipients().stream()
                .map(recipient -> recipient.entry())
                .flatMap(entry -> entry instanceof DirectoryEntry.Contact contact
                        ? Stream.of(contact.target())
                        : entry instanceof DirectoryEntry.Mailbox mailbox ? mailbox.forwardTo().stream() : Stream.of());
        return Stream.concat(mail.recipients().stream(), targets)
                .map(EmailAddress::domain)
                .distinct()
                .sorted()
                .toList();
    }

    /** A message in a file, lines ended as in SMTP. */
    private static final class MessageFile {
        static byte[] read(Path file) {
            if (!Files.isRegularFile(file)) {
                throw Failure.usage("no such message file: " + file);
            }
            try {
                return crlf(Files.readAllBytes(file));
            } catch (IOException e) {
                throw Failure.usage("cannot read " + file + ": " + FileTrouble.reason(file, e), e);
            }
        }

        private static byte[] crlf(byte[] octets) {
            byte[] out = new byte[octets.length * 2];
            int length = 0;
            for (int i = 0; i < octets.length; i++) {
                if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                    out[length++] = '\r';
                }
                out[length++] = octets[i];
            }
            return java.util.Arrays.copyOf(out, length);
        }
    }
}
