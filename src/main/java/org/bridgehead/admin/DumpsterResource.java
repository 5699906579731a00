package org.bridgehead.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.engine.ClusterStatus;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.DumpsterControl;
import org.bridgehead.io.config.Notation;
import org.jspecify.annotations.Nullable;

/**
 * Dumpsters of hubs: what they hold, how much they may, and redelivery from them. {@code requests} and {@code limits} can
 * be shown in the place of a name; limits are set under the name {@code limits}, redelivery is asked for under the name of
 * a storage group.
 */
final class DumpsterResource implements Resource {
    private static final String LIMITS = "limits";
    private static final String REQUESTS = "requests";
    private static final int USUAL_LIMIT = 1000;
    private static final int MOST = 100_000;

    private final Control control;
    private final DumpsterControl dumpsters;
    private final Identities identities;

    DumpsterResource(Control control, Identities identities) {
        this.control = control;
        this.dumpsters = control.dumpsters();
        this.identities = identities;
    }

    /** The dumpsters; with {@code items=true} what they hold. */
    @Override
    public Object list(Call call) throws IOException {
        call.allow("server", "items", "limit");
        Optional<String> hub = call.parameter("server").map(identities::hub);
        int limit = call.limit(USUAL_LIMIT, MOST);
        return call.flag("items", false)
                ? dumpsters.items(hub, limit).stream().map(DumpsterFields::of).toList()
                : dumpsters.contents(hub).stream().map(DumpsterFields::of).toList();
    }

    @Override
    public Answer show(String name, Call call) {
        call.allow();
        return switch (name) {
            case REQUESTS ->
                Answer.json(
                        dumpsters.requests().stream().map(DumpsterFields::of).toList());
            case LIMITS -> Answer.json(limits(List.of()));
            default ->
                throw Problem.notFound(
                        "nothing is called " + name + " here", "there are " + REQUESTS + " and " + LIMITS);
        };
    }

    private Map<String, @Nullable Object> limits(List<String> afterRestart) {
        DumpsterSettings limits = dumpsters.limits();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("maxSizePerStorageGroup", limits.maxSizePerStorageGroup());
        fields.put("maxTime", limits.maxTime().toString());
        fields.put("off", limits.isOff());
        fields.put("afterRestart", afterRestart);
        return fields;
    }

    @Override
    public List<String> verbs() {
        return List.of("set", "redeliver");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        return switch (verb) {
            case "set" -> set(name, call);
            case "redeliver" -> redeliver(name.replace('\\', '/'), call);
            default -> throw unknown(verb);
        };
    }

    private Map<String, @Nullable Object> set(String name, Call call) {
        call.allow("maxSize", "maxTime");
        if (!name.equals(LIMITS)) {
            throw Problem.notFound(
                    "limits are those of all dumpsters, not of " + name, "POST /v1/dumpsters/limits/set");
        }
        Optional<String> size = call.parameter("maxSize");
        Optional<String> time = call.parameter("maxTime");
        if (size.isEmpty() && time.isEmpty()) {
            throw Problem.badRequest("set what?", "maxSize=20MB or maxTime=7d; 0 turns dumpsters off");
        }
        DumpsterSettings old = dumpsters.limits();
        List<String> pending = dumpsters.limit(
                size.map(DumpsterResource::size).orElse(old.maxSizePerStorageGroup()),
                time.map(DumpsterResource::time).orElse(old.maxTime()));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", "set");
        answer.putAll(limits(pending));
        return answer;
    }

    private static long size(String text) {
        return Notation.size(text)
                .orElseThrow(() -> Problem.badRequest("maxSize=" + text + " is no size", "write 20MB, or 0 for none"));
    }

    private static Duration time(String text) {
        return text.equals("0")
                ? Duration.ZERO
                : Notation.duration(text)
                        .orElseThrow(() -> Problem.badRequest(
                                "maxTime=" + text + " is no time", "write 7d or 12h, or 0 for none"));
    }

    // ---- redelivery

    private Map<String, @Nullable Object> redeliver(String name, Call call) throws IOException {
        call.allow("from", "to", "dryRun");
        StorageGroupId group = group(name);
        RedeliveryWindow window = window(call);
        if (call.flag("dryRun", false)) {
            requireMounted(group);
            return DumpsterFields.of(dumpsters.preview(group, window));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", "redeliver");
        answer.put("storageGroup", group.toString());
        answer.put("from", window.from().toString());
        answer.put("to", window.to().toString());
        answer.put(
                "requests",
                dumpsters.redeliver(group, window).stream()
                        .map(DumpsterFields::of)
                        .toList());
        return answer;
    }

    private StorageGroupId group(String name) {
        List<StorageGroupId> all = new ArrayList<>();
        for (ClusterStatus status : control.mailboxes().clusters()) {
            status.groups().forEach(group -> all.add(new StorageGroupId(status.server(), group.group())));
        }
        String known = Identities.named(
                name, all.stream().map(StorageGroupId::toString).toList(), "storage group", "runs here");
        StorageGroupId group = all.stream()
                .filter(its -> its.toString().equals(known))
                .findFirst()
                .orElseThrow();
        ClusterStatus status = status(group);
        if (status.groups().stream().allMatch(its -> its.copy().isEmpty())) {
            throw Problem.conflict(
                    "no hub keeps mail of " + group + ": replication "
                            + status.replication().keyword(),
                    "dumpsters are for storage groups with a second copy: lcr, ccr");
        }
        return group;
    }

    private ClusterStatus status(StorageGroupId group) {
        return control.mailboxes().clusters().stream()
                .filter(status -> status.server().equals(group.server()))
                .findFirst()
                .orElseThrow();
    }

    private void requireMounted(StorageGroupId group) {
        status(group).groups().stream()
                .filter(its -> its.group().equals(group.group()) && !its.mounted())
                .forEach(its -> {
                    throw Problem.conflict(
                            "what is in the mailboxes of " + group + " cannot be seen: " + its.why(),
                            "bridgehead cluster status " + group.server());
                });
    }

    private RedeliveryWindow window(Call call) {
        Instant now = control.now();
        Instant from = time(call, "from", now);
        Instant to = time(call, "to", now);
        if (to.isBefore(from)) {
            throw Problem.badRequest("from " + from + " to " + to, "a window ends after it begins");
        }
        return new RedeliveryWindow(from, to);
    }

    private static Instant time(Call call, String name, Instant now) {
        String text =
                call.parameter(name).orElseThrow(() -> Problem.badRequest("which window?", name + "=TIME is missing"));
        return Times.parse(name, text, now);
    }
}
