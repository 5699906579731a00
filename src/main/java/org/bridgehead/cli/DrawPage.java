package org.bridgehead.cli;

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

    /** The page of the organisation that {@code file} describes. */
    static String html(Organization organization, Path file, MapMarks marks) {
        PageState state = new PageState(
                file.toString(),
                marks.down(),
                marks.route().flatMap(MapRoute::decision).map(Decision::chosen).map(path -> new PageState.Ends(path.source(), path.destination())));
        return HtmlPage.of(organization.topology(), state).html(Mailboxes.bySite(organization), WORKERS);
    }
}
