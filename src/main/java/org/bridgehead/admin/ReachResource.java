package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.LinkHandle;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/** Parts of the network, to cut, mend and slow down: connections over a cut one fail, routes stay (DECISIONS 2.1). */
abstract class ReachResource implements Resource {
    private static final int MOST_RATE = 1_000_000_000;

    private final MailOrganization organization;
    private final String kind;

    /** Those of one kind, {@link Item#LINK} or {@link Item#SITE}. */
    ReachResource(MailOrganization organization, String kind) {
        this.organization = organization;
        this.kind = kind;
    }

    /** All of them. */
    abstract Collection<String> names();

    /** What else there is to say of one. */
    abstract Map<String, ?> properties(String name);

    /** What it is called to people. */
    abstract String word();

    abstract LinkHandle handle(String name);

    @Override
    public final Object list(Call call) {
        call.allow();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (String name : names()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.putAll(properties(name));
            fields.put("state", isDown(name) ? "cut" : "up");
            all.add(fields);
        }
        return all;
    }

    private boolean isDown(String name) {
        String item = new Item(kind, name).toString();
        return organization.down().stream().anyMatch(down -> Names.same(down, item));
    }

    @Override
    public final List<String> verbs() {
        return List.of("cut", "mend", "slow", "throttle");
    }

    @Override
    public final Map<String, @Nullable Object> tell(String name, String verb, Call call) {
        if (!verbs().contains(verb)) {
            throw unknown(verb);
        }
        String found = Identities.named(name, names(), word(), "in the topology");
        perform(handle(found), verb, call);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put(kind, found);
        answer.put("down", organization.down());
        return answer;
    }

    private static void perform(LinkHandle handle, String verb, Call call) {
        switch (verb) {
            case "slow" -> {
                call.allow("latency");
                handle.slow(ClockResource.duration("latency", call));
            }
            case "throttle" -> {
                call.allow("rate");
                handle.throttle(call.number("rate", 0, MOST_RATE));
            }
            default -> {
                call.allow();
                plain(handle, verb);
            }
        }
    }

    private static void plain(LinkHandle handle, String verb) {
        if (verb.equals("cut")) {
            handle.cut();
        } else {
            handle.mend();
        }
    }
}
