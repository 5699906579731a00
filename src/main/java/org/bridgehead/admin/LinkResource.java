package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.engine.LinkHandle;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/** Site links, to cut, mend and slow down: connections over a cut one fail, routes stay (DECISIONS 2.1). */
final class LinkResource implements Resource {
    private static final int MOST_RATE = 1_000_000_000;

    private final MailOrganization organization;

    LinkResource(MailOrganization organization) {
        this.organization = organization;
    }

    @Override
    public Object list(Call call) {
        call.allow();
        List<Map<String, @Nullable Object>> links = new ArrayList<>();
        organization.topology().links().values().forEach(link -> links.add(fields(link)));
        return links;
    }

    private Map<String, @Nullable Object> fields(SiteLink link) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", link.name());
        fields.put("sites", link.sites());
        fields.put("cost", link.cost());
        fields.put("state", isDown(link.name()) ? "cut" : "up");
        return fields;
    }

    private boolean isDown(String link) {
        String item = new Item(Item.LINK, link).toString();
        return organization.down().stream().anyMatch(down -> Names.same(down, item));
    }

    @Override
    public List<String> verbs() {
        return List.of("cut", "mend", "slow", "throttle");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) {
        if (!verbs().contains(verb)) {
            throw unknown(verb);
        }
        String link = Identities.named(name, organization.topology().links().keySet(), "site link", "in the topology");
        perform(organization.link(link), verb, call);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("link", link);
        answer.put("down", organization.down());
        return answer;
    }

    static void perform(LinkHandle handle, String verb, Call call) {
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
