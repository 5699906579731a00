package org.bridgehead.core.categorizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.whatif.People;

/** One categorization, taken to its end, with all that it said. */
final class Run {
    final List<Finding> findings = new ArrayList<>();
    final List<Step.Chunk> chunks = new ArrayList<>();
    final List<Member> members = new ArrayList<>();
    final List<Integer> dropped = new ArrayList<>();
    final List<String> order = new ArrayList<>();
    List<Integer> expanded = List.of();
    int unavailable;

    /** What a test may want to say beside the recipients. */
    static final class Request {
        private final List<Recipient> recipients;
        private List<Integer> open;
        private boolean resolved;
        private List<EmailAddress> already = List.of();
        private List<String> expandedBefore = List.of();
        private boolean authenticated = true;
        private Optional<EmailAddress> sender = Optional.of(People.address("sender"));
        private boolean first = true;
        private long size = 1000;
        private String subject = "";
        private List<String> rules = List.of();
        private List<TransportRule> policy = List.of();
        private List<JournalRule> journal = List.of();
        private List<HeaderField> fields = List.of();
        private String self = "HUB1";
        private int chunk = 1000;

        Request(String... recipients) {
            this.recipients = Arrays.stream(recipients)
                    .map(People::address)
                    .map(Recipient::of)
                    .toList();
            this.open = IntStream.range(0, recipients.length).boxed().toList();
        }

        Request open(Integer... indices) {
            open = List.of(indices);
            return this;
        }

        Request resolved() {
            resolved = true;
            return this;
        }

        Request already(String... names) {
            already = Arrays.stream(names).map(People::address).toList();
            return this;
        }

        Request expandedBefore(String... groups) {
            expandedBefore = List.of(groups);
            return this;
        }

        Request anonymous() {
            authenticated = false;
            return this;
        }

        Request from(String name) {
            sender = Optional.of(People.address(name));
            return this;
        }

        /** The null sender. */
        Request report() {
            sender = Optional.empty();
            return this;
        }

        Request later() {
            first = false;
            return this;
        }

        Request about(String text) {
            subject = text;
            return this;
        }

        /** Under these rules. */
        Request under(TransportRule... all) {
            policy = List.of(all);
            return this;
        }

        /** Under these journal rules. */
        Request journaledBy(JournalRule... all) {
            journal = List.of(all);
            return this;
        }

        /** With a field in its header. */
        Request with(String field, String value) {
            fields = List.of(new HeaderField(field, value));
            return this;
        }

        /** These rules were applied before. */
        Request ruledBy(String... names) {
            rules = List.of(names);
            return this;
        }

        Request size(long octets) {
            size = octets;
            return this;
        }

        Request at(String hub) {
            self = hub;
            return this;
        }

        Request chunk(int size) {
            chunk = size;
            return this;
        }

        Categorization begin() {
            return new Categorization(new CategorizerRequest(
                    recipients,
                    open,
                    resolved,
                    already,
                    expandedBefore,
                    submission(),
                    self,
                    settings().withRules(policy, journal),
                    chunk));
        }

        private Submission submission() {
            return new Submission(sender, authenticated, first, size, subject, fields, rules);
        }

        private static Settings settings() {
            Settings plain = Settings.of("Test", "contoso.test");
            return new Settings(
                    plain.name(),
                    List.of(
                            new AcceptedDomain("contoso.test", AcceptedDomain.Type.AUTHORITATIVE),
                            new AcceptedDomain("partner.test", AcceptedDomain.Type.INTERNAL_RELAY),
                            new AcceptedDomain("legacy.test", AcceptedDomain.Type.EXTERNAL_RELAY)),
                    plain.routing(),
                    plain.limits(),
                    plain.retry(),
                    plain.edgeRetry(),
                    plain.connections(),
                    plain.dumpster(),
                    plain.secretFile());
        }
    }

    static Request to(String... recipients) {
        return new Request(recipients);
    }

    static Run of(Request request, Directory directory) {
        Run run = new Run();
        Categorization work = request.begin();
        while (!work.isDone()) {
            run.take(work, work.next(), directory);
        }
        return run;
    }

    private void take(Categorization work, Step step, Directory directory) {
        order.add(step.getClass().getSimpleName());
        if (step instanceof Step.Ask ask) {
            work.answered(directory.ask(ask.questions(), ask.cursor()));
        } else if (step instanceof Step.Direct direct) {
            findings.addAll(direct.findings());
            dropped.addAll(direct.dropped());
        } else if (step instanceof Step.Chunk chunk) {
            chunks.add(chunk);
            members.addAll(chunk.members());
            findings.addAll(chunk.findings());
        } else if (step instanceof Step.Pause) {
            work.resumed();
        } else if (step instanceof Step.Unavailable) {
            unavailable++;
        } else {
            expanded = ((Step.Done) step).expandedIndices();
        }
    }

    /** Leaves as {@code index address destination}. */
    List<String> leaves() {
        return of(Finding.Leaf.class).stream()
                .map(leaf -> leaf.index() + " " + name(leaf.recipient().address()) + " " + word(leaf.destination()))
                .toList();
    }

    /** Refusals as {@code index status}. */
    List<String> refused() {
        return of(Finding.Refused.class).stream()
                .map(no -> no.index() + " " + no.status())
                .toList();
    }

    /** Members as {@code address destination}. */
    List<String> memberWords() {
        return members.stream()
                .map(one -> name(one.recipient().address()) + " " + word(one.destination()))
                .toList();
    }

    List<String> memberNames() {
        return members.stream().map(one -> name(one.recipient().address())).toList();
    }

    <T extends Finding> List<T> of(Class<T> kind) {
        return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A chunk as {@code [rules] names}, with the journals where there are some. */
    static String words(Step.Chunk chunk) {
        List<String> journals = chunk.treatment().journals();
        return chunk.treatment().rules()
                + (journals.isEmpty() ? "" : " " + journals)
                + chunk.members().stream()
                        .map(one -> " " + name(one.recipient().address()))
                        .collect(Collectors.joining());
    }

    private static String name(EmailAddress address) {
        return address.domain().equals("contoso.test") ? address.localPart() : address.toString();
    }

    private static String word(Destination destination) {
        if (destination instanceof Destination.InMailbox in) {
            return in.database().server();
        }
        if (destination instanceof Destination.ExpandedAt at) {
            return "at " + at.server();
        }
        return destination instanceof Destination.Nowhere no ? no.status().toString() : "outside";
    }
}
