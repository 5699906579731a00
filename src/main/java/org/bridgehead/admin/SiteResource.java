package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/** Sites, to cut off and mend: their servers run on, but nothing reaches them from elsewhere (DECISIONS 2.1). */
final class SiteResource implements Resource {
    private final MailOrganization organization;

    SiteResource(MailOrganization organization) {
        this.organization = organization;
    }

    @Override
    public Object list(Call call) {
        call.allow();
        List<Map<String, @Nullable Object>> sites = new ArrayList<>();
        organization.topology().sites().values().forEach(site -> {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("name", site.name());
            fields.put("hubSite", site.hubSite());
            fields.put("state", isDown(site.name()) ? "cut" : "up");
            sites.add(fields);
        });
        return sites;
    }

    private boolean isDown(String site) {
        String item = new Item(Item.SITE, site).toString();
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
        String site = Identities.named(name, organization.topology().sites().keySet(), "site", "in the topology");
        LinkResource.perform(organization.site(site), verb, call);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("site", site);
        answer.put("down", organization.down());
        return answer;
    }
}
