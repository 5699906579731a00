package org.bridgehead.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.render.MapMarks;
import org.bridgehead.render.MapRoute;
import org.bridgehead.render.page.HtmlPage;
import org.bridgehead.render.page.PageState;
import org.bridgehead.render.page.Workers;
import org.jspecify.annotations.Nullable;

/** The interactive page, worked out on all processors. */
final class DrawPage {
    private DrawPage() {}

    /**
     * Where an organisation comes from.
     *
     * @param file its topology file
     * @param set changes made to it
     * @param quiet whether progress is kept to itself
     */
    record Source(Path file, List<String> set, boolean quiet) {}

    /** Shows on a bar that work goes on; how much there will be is not known before. */
    private record Shown(@Nullable ProgressBar bar) implements Workers {
        @Override
        public <T> List<T> map(int parts, IntFunction<T> work) {
            return org.bridgehead.engine.Workers.map(
                    parts, work, done -> Optional.ofNullable(bar).ifPresent(ProgressBar::step));
        }
    }

    /** The page of an organisation in UTF-8. */
    static byte[] html(Organization organization, Source source, MapMarks marks) {
        PageState state = new PageState(source.file().toString(), source.set(), marks.down(), ends(marks));
        try (ProgressBar bar = source.quiet() || System.console() == null ? null : bar()) {
            return HtmlPage.of(organization.topology(), state)
                    .html(Mailboxes.bySite(organization), new Shown(bar))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Optional<PageState.Ends> ends(MapMarks marks) {
        return marks.route()
                .flatMap(MapRoute::decision)
                .map(Decision::chosen)
                .map(path -> new PageState.Ends(path.source(), path.destination()));
    }

    private static ProgressBar bar() {
        return new ProgressBarBuilder().setTaskName("what if").setInitialMax(-1).build();
    }
}
