package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;

/** A spool as one would first think of it: maps of what was written, searched through when something is deleted. */
final class SpoolModel {
    /** One message. */
    private static final class Message {
        final SpoolRecord.Accepted accepted;
        final TreeMap<CopyId, SpoolRecord.CopyMade> copies = new TreeMap<>();
        final TreeMap<CopyId, RecipientBits> settled = new TreeMap<>();
        final TreeMap<CopyId, SpoolRecord.Expanded> expanded = new TreeMap<>();

        Message(SpoolRecord.Accepted accepted) {
            this.accepted = accepted;
        }

        List<SpoolRecord> records() {
            List<SpoolRecord> all = new ArrayList<>();
            all.add(accepted);
            all.addAll(copies.values());
            settled.forEach((copy, bits) -> all.add(new SpoolRecord.Settled(copy, bits)));
            all.addAll(expanded.values());
            return all;
        }
    }

    /** One shard. */
    private static final class Contents {
        final TreeMap<InternalId, Message> messages = new TreeMap<>();
        final TreeMap<StorageGroupId, TreeMap<Long, SpoolRecord.Held>> held = new TreeMap<>();
        final TreeMap<Long, SpoolRecord.Requested> requests = new TreeMap<>();

        List<SpoolRecord.Held> allHeld() {
            return held.values().stream()
                    .flatMap(group -> group.values().stream())
                    .toList();
        }
    }

    private static final List<StorageGroupId> GROUPS =
            List.of(new StorageGroupId("A", "1"), new StorageGroupId("a", "2"), new StorageGroupId("B-LONG", "1"));

    private final Map<Shard, Contents> shards = new LinkedHashMap<>();
    private final Map<String, byte[]> octets = new LinkedHashMap<>();
    private long sequence;

    void randomBatch(Spool spool, Shard shard, Random random) throws IOException {
        Contents contents = shards.computeIfAbsent(shard, s -> new Contents());
        RandomRecords records = new RandomRecords(random.nextLong());
        List<SpoolRecord> batch = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            batch.add(next(spool, shard, contents, random, records));
        }
        spool.write(shard, batch, random.nextBoolean());
    }

    private SpoolRecord next(Spool spool, Shard shard, Contents contents, Random random, RandomRecords records)
            throws IOException {
        InternalId some = random(contents.messages.keySet(), random);
        int choice = some == null ? random.nextInt(2) : random.nextInt(10);
        switch (choice) {
            case 0 -> {
                return accept(contents, records.accepted(spool.allocate(shard), body(spool, random, records)));
            }
            case 1 -> {
                SpoolRecord.Requested request = records.requested(sequence++, GROUPS.get(random.nextInt(3)));
                contents.requests.put(request.request(), request);
                return request;
            }
            case 2, 3 -> {
                CopyId copy = new CopyId(some, random.nextInt(4));
                SpoolRecord.Settled settled = records.settled(copy);
                contents.messages.get(some).settled.merge(copy, settled.recipients(), RecipientBits::or);
                return settled;
            }
            case 4 -> {
                SpoolRecord.CopyMade made = records.copyMade(new CopyId(some, 1 + random.nextInt(4)));
                contents.messages.get(some).copies.put(made.copy(), made);
                return made;
            }
            case 5 -> {
                SpoolRecord.Expanded expanded = new SpoolRecord.Expanded(new CopyId(some, random.nextInt(4)));
                contents.messages.get(some).expanded.put(expanded.parent(), expanded);
                return expanded;
            }
            case 6 -> {
                SpoolRecord.Held held = records.held(
                        GROUPS.get(random.nextInt(3)),
                        sequence++,
                        contents.messages.get(some).accepted.body());
                contents.held
                        .computeIfAbsent(held.storageGroup(), g -> new TreeMap<>())
                        .put(held.sequence(), held);
                return held;
            }
            case 7 -> {
                return again(spool, shard, contents, random, records, some);
            }
            case 8 -> {
                return evictOrDone(contents, random);
            }
            default -> {
                contents.messages.remove(some);
                return new SpoolRecord.Released(some);
            }
        }
    }

    private static SpoolRecord accept(Contents contents, SpoolRecord.Accepted accepted) {
        contents.messages.put(accepted.id(), new Message(accepted));
        return accepted;
    }

    /** A second acceptance of a body, as redelivery does it. */
    private SpoolRecord again(
            Spool spool, Shard shard, Contents contents, Random random, RandomRecords records, InternalId some)
            throws IOException {
        List<SpoolRecord.Held> held = contents.allHeld();
        BodyRef body = held.isEmpty()
                ? contents.messages.get(some).accepted.body()
                : held.get(random.nextInt(held.size())).body();
        return accept(contents, records.accepted(spool.allocate(shard), body));
    }

    private SpoolRecord evictOrDone(Contents contents, Random random) {
        List<SpoolRecord.Held> held = contents.allHeld();
        if (held.isEmpty() || random.nextInt(3) == 0) {
            Long request = random(contents.requests.keySet(), random);
            long done = request == null ? 4711 : request;
            contents.requests.remove(done);
            return new SpoolRecord.RequestDone(done);
        }
        SpoolRecord.Held evicted = held.get(random.nextInt(held.size()));
        contents.held.get(evicted.storageGroup()).remove(evicted.sequence());
        return new SpoolRecord.Evicted(evicted.storageGroup(), evicted.sequence());
    }

    private BodyRef body(Spool spool, Random random, RandomRecords records) throws IOException {
        byte[] mail = records.octets(random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(3000));
        BodyRef body = spool.body(new ByteArrayInputStream(mail));
        octets.put(body.key(), mail);
        return body;
    }

    private static <T> T random(Collection<T> all, Random random) {
        return all.isEmpty() ? null : List.copyOf(all).get(random.nextInt(all.size()));
    }

    void check(Spool spool, String when) throws IOException {
        long messages = 0;
        long held = 0;
        java.util.Set<String> bodies = new java.util.TreeSet<>();
        for (Map.Entry<Shard, Contents> shard : shards.entrySet()) {
            Contents contents = shard.getValue();
            List<Recovered> expected = new ArrayList<>();
            contents.requests.values().forEach(each -> expected.add(new Recovered.Request(each)));
            contents.allHeld().forEach(each -> expected.add(new Recovered.HeldItem(each)));
            contents.messages.values().forEach(each -> expected.add(new Recovered.Message(each.records())));
            assertThat(SpoolContract.recovered(spool, shard.getKey()))
                    .as("%s, %s", when, shard.getKey())
                    .isEqualTo(expected);
            messages += contents.messages.size();
            held += contents.allHeld().size();
            contents.messages
                    .values()
                    .forEach(each -> bodies.add(each.accepted.body().key()));
            contents.allHeld().forEach(each -> bodies.add(each.body().key()));
            for (Message each : contents.messages.values()) {
                assertThat(spool.load(shard.getKey(), each.accepted.id())).contains(new LoadedMessage(each.records()));
                octets(spool, each.accepted.body(), when);
            }
            for (SpoolRecord.Held each : contents.allHeld()) {
                octets(spool, each.body(), when);
            }
        }
        SpoolStatus status = spool.status();
        assertThat(List.of(status.messages(), status.held(), status.bodies()))
                .as(when)
                .isEqualTo(List.of(messages, held, (long) bodies.size()));
    }

    private void octets(Spool spool, BodyRef body, String when) throws IOException {
        assertThat(SpoolContract.octets(spool, body)).as(when).isEqualTo(octets.get(body.key()));
    }
}
