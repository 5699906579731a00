package org.bridgehead.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.render.MapMarks;
import org.bridgehead.render.MapRoute;
import org.bridgehead.render.page.HtmlPage;
import org.bridgehead.render.page.PageState;
import org.bridgehead.render.page.Workers;

/** The interactive page, worked out on all processors. */
final class DrawPage {
    private static final Workers WORKERS = new Workers() {
        @Override
        public <T> List<T> map(int parts, IntFunction<T> work) {
            return org.bridgehead.engine.Workers.map(parts, work, done -> {});
        }
    };

    private DrawPage() {}

    /**
     * Where an organisation comes from.
     *
     * @param file its topology file
     * @param set changes made to it
     */
    record Source(Path file, List<String> set) {}

    /** The page of an organisation in UTF-8. */
    static byte[] html(Organization organization, Source source, MapMarks marks) {
        PageState state = new PageState(
                source.file().toString(),
                source.set(),
                marks.down(),
                marks.route()
                        .flatMap(MapRoute::decision)
                        .map(Decision::chosen)
                        .map(path -> new PageState.Ends(path.source(), path.destination())));
        return HtmlPage.of(organization.topology(), state)
                .html(Mailboxes.bySite(organization), WORKERS)
                .getBytes(StandardCharsets.UTF_8);
    }
}
