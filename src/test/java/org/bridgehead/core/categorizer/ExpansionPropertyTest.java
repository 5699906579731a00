package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Test;

/**
 * On random directories, with loops, forwards, contacts, restrictions and duplicates: who gets a message is what a naive
 * recursion over sets says, everybody met and not served is told of, and neither page nor chunk size, an absent
 * directory, nor a crash after any chunk changes it.
 */
class ExpansionPropertyTest {
    private static final int ROUNDS = 1_500;

    @Test
    void whoGetsItIsWhatSetsSay() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("ExpansionPropertyTest seed " + seed);
        Random seeds = new Random(seed);
        int served = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Case one = new Case(seeds.nextLong());
            served += one.check("seed " + seed + ", round " + round);
        }
        assertThat(served).as("the cases are not all empty").isGreaterThan(ROUNDS);
    }

    private static final class Case {
        private final Random random;
        private final People people = new People();
        private final List<String> names = new ArrayList<>();
        private final String[] to;
        private final String from;
        private final boolean anonymous;
        private final Set<String> served = new TreeSet<>();
        private final Set<String> met = new LinkedHashSet<>();

        Case(long seed) {
            random = new Random(seed);
            int count = 3 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                names.add((i % 3 == 0 ? "g" : i % 5 == 1 ? "c" : "m") + i);
            }
            names.forEach(this::create);
            to = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(i -> recipient())
                    .distinct()
                    .toArray(String[]::new);
            from = random.nextInt(5) == 0 ? "friend@fabrikam.test" : any();
            anonymous = from.contains("@") || random.nextInt(5) == 0;
        }

        private String any() {
            return names.get(random.nextInt(names.size()));
        }

        private String recipient() {
            int dice = random.nextInt(12);
            return dice == 0 ? "nobody" : dice == 1 ? "out@fabrikam.test" : dice == 2 ? "alias." + any() : any();
        }

        private Restrictions restrictions() {
            return random.nextInt(4) > 0 ? Restrictions.NONE : new Restrictions(list(), list(), random.nextInt(4) == 0);
        }

        private List<String> list() {
            return IntStream.range(0, random.nextInt(3))
                    .mapToObj(i -> random.nextInt(6) == 0 ? "friend@fabrikam.test" : any())
                    .toList();
        }

        private void create(String name) {
            List<EmailAddress> addresses = List.of(People.address(name), People.address("alias." + name));
            if (name.startsWith("g")) {
                String[] members = IntStream.range(0, random.nextInt(6))
                        .mapToObj(i -> any())
                        .toArray(String[]::new);
                people.with(
                        new DistributionGroup(
                                name,
                                addresses,
                                Optional.empty(),
                                ReportTo.ORIGINATOR,
                                Optional.empty(),
                                restrictions()),
                        members);
            } else if (name.startsWith("c")) {
                people.with(new Contact(name, addresses, People.address(recipient()), restrictions()));
            } else {
                Optional<EmailAddress> forward =
                        random.nextInt(3) == 0 ? Optional.of(People.address(recipient())) : Optional.empty();
                people.with(new Mailbox(
                        name,
                        addresses,
                        new DatabaseRef("MBX1", "SG1", "DB1"),
                        forward,
                        random.nextBoolean(),
                        random.nextInt(10) == 0 ? OptionalLong.of(10) : OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        restrictions()));
            }
        }

        /** The naive model: the recursion over sets. */
        private void reach(String address) {
            if (!address.endsWith("@contoso.test")) {
                served.add(address);
                return;
            }
            String name = address.replaceFirst("^alias\\.", "").replaceFirst("@.*", "");
            DirectoryEntry entry = people.named(name).orElse(null);
            if (!met.add(name) || entry == null || !mayWrite(entry)) {
                return;
            }
            if (entry instanceof Contact contact) {
                reach(contact.target().toString());
            } else if (entry instanceof Mailbox mailbox) {
                if (mailbox.maxReceiveSize().isPresent()) {
                    return;
                }
                if (mailbox.forwardTo().isEmpty() || mailbox.deliverAndForward()) {
                    served.add(mailbox.primaryAddress().toString());
                }
                mailbox.forwardTo().ifPresent(target -> reach(target.toString()));
            } else {
                people.in(name).forEach(member -> reach(member + "@contoso.test"));
            }
        }

        private boolean mayWrite(DirectoryEntry entry) {
            Restrictions its = entry.restrictions();
            boolean believed = !anonymous || from.contains("@");
            return !(its.authenticatedOnly() && anonymous)
                    && !isAmong(its.rejectFrom(), new TreeSet<>())
                    && (its.acceptFrom().isEmpty() || believed && isAmong(its.acceptFrom(), new TreeSet<>()));
        }

        private boolean isAmong(List<String> list, Set<String> seen) {
            for (String name : list) {
                DirectoryEntry entry = people.named(name).orElse(null);
                boolean itself = name.equals(from)
                        || entry instanceof Contact contact && contact.target().equals(People.address(from));
                if (itself || entry instanceof DistributionGroup && seen.add(name) && isAmong(people.in(name), seen)) {
                    return true;
                }
            }
            return false;
        }

        int check(String what) {
            for (String one : to) {
                reach(People.address(one).toString());
            }
            Run whole = Run.of(request().chunk(1_000), people);
            assertThat(receivers(whole))
                    .as("%s: to %s from %s", what, List.of(to), from)
                    .isEqualTo(served);
            Set<String> told = told(whole);
            assertThat(met)
                    .as("%s: everybody is told of", what)
                    .allMatch(name -> told.contains(name + "@contoso.test"));
            people.pages(1 + random.nextInt(3)).unavailable(random.nextInt(3));
            Run small = Run.of(request().chunk(1 + random.nextInt(3)), people);
            assertThat(receivers(small)).as("%s: in small pages", what).isEqualTo(served);
            for (int chunks = 0; chunks <= small.chunks.size(); chunks++) {
                crashAfter(chunks, small, what);
            }
            return served.size();
        }

        private Run.Request request() {
            Run.Request request = Run.to(to).from(from);
            return anonymous ? request.anonymous() : request;
        }

        private void crashAfter(int chunks, Run before, String what) {
            List<String> durable = before.chunks.subList(0, chunks).stream()
                    .flatMap(chunk -> chunk.members().stream())
                    .map(member -> member.recipient().address().toString())
                    .toList();
            Set<Integer> settled = new TreeSet<>(before.dropped);
            before.of(Finding.Refused.class).forEach(no -> settled.add(no.index()));
            before.of(Finding.Leaf.class).stream()
                    .filter(leaf -> random.nextBoolean())
                    .forEach(leaf -> settled.add(leaf.index()));
            Integer[] open = IntStream.range(0, to.length)
                    .filter(i -> !settled.contains(i))
                    .boxed()
                    .toArray(Integer[]::new);
            people.pages(1 + random.nextInt(4));
            Run after = Run.of(
                    request().open(open).already(durable.toArray(String[]::new)).chunk(1 + random.nextInt(4)), people);
            Set<String> all = receivers(after);
            before.of(Finding.Leaf.class).stream()
                    .filter(leaf -> settled.contains(leaf.index()))
                    .forEach(leaf -> all.add(leaf.recipient().address().toString()));
            for (Step.Chunk chunk : before.chunks.subList(0, chunks)) {
                chunk.members().forEach(member -> receiver(member, all));
            }
            assertThat(all)
                    .as("%s: after a crash behind chunk %d", what, chunks)
                    .isEqualTo(served);
            assertThat(after.members)
                    .as("%s: nobody twice", what)
                    .noneMatch(one -> durable.contains(one.recipient().address().toString()));
        }

        private static void receiver(Member member, Set<String> all) {
            if (!(member.destination() instanceof Destination.Nowhere)) {
                all.add(member.recipient().address().toString());
            }
        }

        private static Set<String> receivers(Run run) {
            Set<String> all = new TreeSet<>();
            run.of(Finding.Leaf.class)
                    .forEach(leaf -> all.add(leaf.recipient().address().toString()));
            run.members.forEach(member -> receiver(member, all));
            return all;
        }

        /** Every address that a finding, a leaf or a member tells of. */
        private static Set<String> told(Run run) {
            Set<String> told = receivers(run);
            run.members.forEach(member -> told.add(member.recipient().address().toString()));
            run.of(Finding.Refused.class)
                    .forEach(no -> told.add(no.recipient().address().toString()));
            run.of(Finding.Resolved.class).forEach(f -> told.addAll(List.of("" + f.from(), "" + f.to())));
            run.of(Finding.Redirected.class).forEach(f -> told.add("" + f.from()));
            run.of(Finding.Expanding.class).forEach(f -> told.add("" + f.group()));
            run.of(Finding.Duplicate.class).forEach(f -> told.add("" + f.member()));
            return told;
        }
    }
}
