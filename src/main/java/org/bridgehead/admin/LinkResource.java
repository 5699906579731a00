package org.bridgehead.admin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.engine.LinkHandle;
import org.bridgehead.engine.MailOrganization;

/** Site links. */
final class LinkResource extends ReachResource {
    private final MailOrganization organization;

    LinkResource(MailOrganization organization) {
        super(organization, Item.LINK);
        this.organization = organization;
    }

    @Override
    Collection<String> names() {
        return organization.topology().links().keySet();
    }

    @Override
    Map<String, ?> properties(String name) {
        SiteLink link =
                Optional.ofNullable(organization.topology().links().get(name)).orElseThrow();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("sites", link.sites());
        properties.put("cost", link.cost());
        return properties;
    }

    @Override
    String word() {
        return "site link";
    }

    @Override
    LinkHandle handle(String name) {
        return organization.link(name);
    }
}
