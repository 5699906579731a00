package org.bridgehead.admin;

import java.util.Collection;
import java.util.Map;
import org.bridgehead.core.routing.Item;
import org.bridgehead.engine.LinkHandle;
import org.bridgehead.engine.MailOrganization;

/** Sites: the servers of one that is cut off run on, but nothing reaches them from elsewhere. */
final class SiteResource extends ReachResource {
    private final MailOrganization organization;

    SiteResource(MailOrganization organization) {
        super(organization, Item.SITE);
        this.organization = organization;
    }

    @Override
    Collection<String> names() {
        return organization.topology().sites().keySet();
    }

    @Override
    Map<String, ?> properties(String name) {
        return Map.of(
                "hubSite", organization.topology().site(name).orElseThrow().hubSite());
    }

    @Override
    String word() {
        return "site";
    }

    @Override
    LinkHandle handle(String name) {
        return organization.site(name);
    }
}
