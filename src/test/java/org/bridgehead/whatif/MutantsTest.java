package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The brain broken on purpose, one place at a time: the simulator has to notice within {@value #SEEDS} seeds, or a test
 * where simulations cannot tell, because the broken brain only chooses another good way. A mutant whose text is gone from
 * the product fails, too, so that the list keeps up with it.
 */
class MutantsTest {
    private static final long SEEDS = 1000;

    /** What a simulation must catch. */
    private static final List<Mutant> HUNTED = List.of(
            new Mutant(
                    "a letter leaves the Outbox although no hub took it",
                    "core/mailbox/Outbox",
                    "if (outcome instanceof RecipientOutcome.Delivered) {",
                    "if (outcome instanceof RecipientOutcome) {"),
            new Mutant(
                    "an Outbox is not tried again",
                    "core/mailbox/Outbox",
                    "        next = waiting.isEmpty() ? null : again ? now : roundAfter(now);\n",
                    "        next = null;\n"),
            new Mutant(
                    "a lost reply is taken for success",
                    "core/hub/Outcomes",
                    "if (outcome instanceof RecipientOutcome.Delivered) {",
                    "if (outcome instanceof RecipientOutcome.Delivered || outcome instanceof RecipientOutcome.Unknown) {"),
            new Mutant(
                    "what is deferred is settled",
                    "core/hub/Attempts",
                    "            rest(queue, deferred, sorted.why(), overtaken);",
                    "            ledger.settle(ledger.copyOf(copy), deferred.recipients().stream().map(Stop::index).toList());"),
            new Mutant(
                    "a transfer that comes again is not looked up",
                    "core/hub/OpenHandovers",
                    "return state.has(TransferState.Flag.AGAIN) ? remember(key) : any && isRemembered(key);",
                    "return false;"),
            new Mutant(
                    "what was taken is not written down",
                    "core/hub/Handovers",
                    "                taken(message).ifPresent(records::add);\n",
                    ""),
            new Mutant(
                    "the duplicate filter drops nothing",
                    "core/mailbox/DuplicateFilter",
                    "return history.containsKey(key(id, mailbox));",
                    "return false;"),
            new Mutant(
                    "recovery forgets the copies of an expansion",
                    "core/hub/Ledger",
                    "        stored.copies().forEach(item::add);\n",
                    ""),
            new Mutant(
                    "recovery forgets what is settled",
                    "core/hub/Ledger",
                    "        stored.settled().forEach((copy, bits) -> item.copy(copy.number()).settle(bits));\n",
                    ""),
            new Mutant(
                    "a queue that failed is not tried again",
                    "core/hub/Queues",
                    "        desk.timers().at(next, () -> retry(queue));\n",
                    ""),
            new Mutant(
                    "the next attempt leaves the queue waiting",
                    "core/hub/Queues",
                    "            queue.retryNow();\n            shelf.loadSome(queue);",
                    "            shelf.loadSome(queue);"),
            new Mutant(
                    "a copy that nobody takes is not kept",
                    "core/hub/Queues",
                    "        home.values().forEach(party -> hold(copy.only(party.stops), why));\n",
                    ""),
            new Mutant(
                    "a change of topology drops what waits",
                    "core/hub/Queues",
                    "        waiting.forEach(copy -> resubmit(copy.rested()));\n        due.forEach",
                    "        due.forEach"),
            new Mutant(
                    "only the first page of a group is read",
                    "core/categorizer/GroupWalks",
                    "page.next().ifPresent(next -> walks.addFirst(walk.at(next)));",
                    ""),
            new Mutant(
                    "the first member of the next chunk falls out",
                    "core/categorizer/Expansion",
                    "members.addAll(left);",
                    "members.addAll(left.subList(Math.min(1, left.size()), left.size()));"),
            new Mutant(
                    "a copy that is to be put on record goes on without",
                    "core/hub/Treatments",
                    "if (rules.isEmpty() && journals.isEmpty()) {",
                    "if (rules.isEmpty()) {"),
            new Mutant(
                    "the copy is settled, and its successor is not written",
                    "core/hub/Treatments",
                    "        made.forEach(desk::record);\n",
                    ""),
            new Mutant(
                    "a group is settled before its members are durable",
                    "core/hub/Intake",
                    "        copy.beginWork();\n        advance(",
                    "        ledger.settle(copy, indices);\n        copy.beginWork();\n        advance("),
            new Mutant(
                    "a report is sent and not written down",
                    "core/hub/Reporter",
                    "        desk.record(message);\n",
                    ""),
            new Mutant(
                    "a failure is settled without a report",
                    "core/hub/Reporter",
                    "if (mayReport(copy) && failure.recipient().wants(DsnCondition.FAILURE)) {",
                    "if (failure.index() < 0) {"),
            new Mutant(
                    "records behind a refused batch are lost",
                    "core/hub/Desk",
                    "        due.addAll(behindRefused);\n",
                    ""),
            new Mutant(
                    "a refused batch is taken for written",
                    "core/hub/Desk",
                    "            refused.put(number, batch);\n",
                    ""),
            new Mutant(
                    "mail that finds no room is forgotten",
                    "core/hub/Shelf",
                    "        parked.add(new Unloaded(message.id(), state.submitted(), again, false, desk.priority(state)));\n",
                    ""),
            new Mutant(
                    "mail is put out of memory with copies in flight",
                    "core/hub/Shelf",
                    "        return !copy.isWorkedOn()\n",
                    "        return copy.item().copyCount() > 0 || !copy.isWorkedOn()\n"),
            new Mutant(
                    "nothing expires",
                    "core/hub/Deadlines",
                    "        if (!end.isAfter(desk.now())) {\n            fail(copy",
                    "        if (end.isBefore(Instant.EPOCH)) {\n            fail(copy"),
            new Mutant(
                    "redelivery leaves out the last item",
                    "core/hub/Redelivery",
                    "Dumpster.Item::sequence));\n    }",
                    "Dumpster.Item::sequence));\n        request.left.pollLast();\n    }"),
            new Mutant(
                    "an item leaves the dumpster and no message is written",
                    "core/hub/Redelivery",
                    "            desk.record(messages.get(i));\n",
                    ""),
            new Mutant(
                    "the window ends before the failover",
                    "core/dumpster/RedeliveryWindow",
                    "failover.plus(marginAfter));",
                    "failover.minus(marginAfter));"),
            new Mutant(
                    "a hub that was down is not asked again",
                    "core/dumpster/RequestSchedule",
                    "return next.isAfter(first.plus(LIMIT)) ? Optional.empty() : Optional.of(next);",
                    "return next.isAfter(first) ? Optional.empty() : Optional.of(next);"),
            new Mutant(
                    "what is delivered to a cluster is not kept",
                    "core/hub/Dumpsters",
                    "role.replication() == Replication.CCR || ",
                    ""),
            new Mutant(
                    "the dumpster lets go one item too many",
                    "core/dumpster/Dumpster",
                    "octets <= most && item.at()",
                    "octets + item.octets() <= most && item.at()"),
            new Mutant(
                    "a node without the other votes hosts the mailboxes",
                    "core/mailbox/Election",
                    ".filter(side -> count(side) >= needed())",
                    ".filter(side -> count(side) >= needed() - 1)"),
            new Mutant(
                    "the history of deliveries survives the loss of the log",
                    "whatif/VirtualMailboxes",
                    "        filters.remove(id);\n",
                    ""),
            new Mutant(
                    "a directory that is down is taken for one that does not know the address",
                    "core/categorizer/Categorization",
                    "trouble = unavailable(page);",
                    "trouble = Optional.empty();"),
            new Mutant(
                    "high pressure closes no door",
                    "core/hub/Admission",
                    "pressure.level() == Pressure.Level.HIGH\n",
                    "pressure.reason().isEmpty() && pressure.level() == Pressure.Level.HIGH\n"),
            new Mutant(
                    "a server that refuses or does not answer stays in the rotation",
                    "core/hub/ServerHealth",
                    "            nextProbe.put(key(target), desk.now().plus(desk.snapshot().retry().glitchInterval()));\n",
                    ""),
            new Mutant(
                    "a sync that failed is taken for done, and the message acknowledged",
                    "whatif/Carrier",
                    "reply.accept(kept ? said : said.notKept())",
                    "reply.accept(said)"),
            new Mutant(
                    "crashes with a message are not counted over a restart",
                    "core/hub/Poison",
                    "        crashes.put(counted.message(), counted.crashes());\n",
                    ""),
            new Mutant(
                    "poison is set aside where nobody sees it",
                    "core/hub/Poison",
                    "        aside.put(\n",
                    "        new TreeMap<InternalId, Unloaded>().put(\n"),
            new Mutant(
                    "the hub suspects another message than the one that crashes it",
                    "core/hub/Connections",
                    "        desk.focus(copy.copy().message());\n",
                    ""),
            new Mutant(
                    "the ladder has a rung too few",
                    "core/queue/RetrySchedule",
                    "return failures <= settings.glitchCount() + settings.transientCount()",
                    "return failures < settings.glitchCount() + settings.transientCount()"),
            new Mutant(
                    "memory takes all that comes",
                    "core/hub/Shelf",
                    "return !suspended && parked.isEmpty() && ledger.size() + loading.size() < room;",
                    "return !suspended;"),
            new Mutant(
                    "what joined a waiting queue is put out of memory when it waits no longer",
                    "core/hub/Queues",
                    "queue != null && (!queue.mayTry() || queue.hop() instanceof NextHop.Unreachable);",
                    "queue != null;"),
            new Mutant(
                    "a controller that failed once is never asked again",
                    "core/directory/DirectoryAccess",
                    "} else if (breaker.isOpen(now)) {",
                    "} else if (breaker.failures() > 0) {"),
            new Mutant(
                    "a group for another server goes with its mailboxes, as if it were resolved",
                    "core/hub/Bifurcation",
                    " && isResolved(leaf) == isResolved(leaves.get(i - 1));",
                    ";"));

    /** What a test must catch, because the broken brain still delivers everything once. */
    private static Stream<DynamicTest> guarded(Path folder) {
        return Stream.of(
                guarded(
                        folder,
                        new Mutant(
                                "whom no hub will ever take is dropped without a report",
                                "core/mailbox/Outbox",
                                "Lists.filter(refused, who -> who.recipient().wants(DsnCondition.FAILURE)),",
                                "Lists.filter(refused, who -> false),"),
                        "org.bridgehead.core.mailbox.OutboxTest"),
                guarded(
                        folder,
                        new Mutant(
                                "retry off by one",
                                "core/queue/RetrySchedule",
                                "failures <= settings.glitchCount()) {",
                                "failures < settings.glitchCount()) {"),
                        "org.bridgehead.core.queue.RetryScheduleTest"),
                guarded(
                        folder,
                        new Mutant(
                                "any copy of a message counts for a repeat",
                                "core/hub/Handovers",
                                "facts.handover().filter(taken.handover()::equals).isPresent()",
                                "facts.handover().isPresent()"),
                        "org.bridgehead.core.hub.HandoversTest"),
                guarded(
                        folder,
                        new Mutant(
                                "who is new beside a repeat falls out",
                                "core/hub/Handovers",
                                "fresh.isEmpty() ? Optional.empty() : Optional.of(only(arriving, fresh, arriving.id()))",
                                "Optional.empty()"),
                        "org.bridgehead.core.hub.HandoversTest"),
                guarded(
                        folder,
                        new Mutant(
                                "a server speaks of what others handed over",
                                "core/smtp/MessageIntake",
                                "new Handover(server.name(), said)",
                                "new Handover(peer.hello(), said)"),
                        "org.bridgehead.core.smtp.ReceiveAuthTest"),
                guarded(
                        folder,
                        new Mutant(
                                "tie-break flipped",
                                "core/topology/Names",
                                "ORDER = String.CASE_INSENSITIVE_ORDER",
                                "ORDER = String.CASE_INSENSITIVE_ORDER.reversed()"),
                        "org.bridgehead.core.routing.WorkedExamplesTest"));
    }

    private static DynamicTest guarded(Path folder, Mutant mutant, String tests) {
        return DynamicTest.dynamicTest(mutant.what(), () -> {
            List<String> failing = mutant.failing(Files.createTempDirectory(folder, "mutant"), tests);
            System.out.println("mutant \"" + mutant.what() + "\": " + tests + " " + failing);
            assertThat(failing).as(mutant.what()).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMutantIsCaught(@TempDir Path folder) {
        return Stream.concat(
                HUNTED.stream()
                        .map(mutant -> DynamicTest.dynamicTest(mutant.what(), () -> {
                            String seed = mutant.hunt(Files.createTempDirectory(folder, "mutant"), SEEDS);
                            System.out.println("mutant \"" + mutant.what() + "\": seed "
                                    + seed.lines().findFirst().orElse("none"));
                            assertThat(seed)
                                    .as("no seed up to %d catches: %s", SEEDS, mutant.what())
                                    .isNotEmpty();
                        })),
                guarded(folder));
    }
}
