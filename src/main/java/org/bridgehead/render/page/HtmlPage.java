package org.bridgehead.render.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.Layout;
import org.bridgehead.render.MapMarks;
import org.bridgehead.render.SvgMap;
import org.bridgehead.render.Template;

/**
 * One self-contained interactive page: the map, every single failure and what it does (up to
 * {@value PageData#SITES_FOR_PAIRS} sites every pair of failures too), worked out beforehand by the functions that
 * {@code whatif} and {@code sweep} call. The page asks the network for nothing and needs a browser with
 * {@code DecompressionStream} (2023 or newer).
 *
 * <p>Immutable; {@link #html} may take seconds at hundreds of sites.
 */
public final class HtmlPage {
    private final Topology topology;
    private final PageState state;

    private HtmlPage(Topology topology, PageState state) {
        this.topology = topology;
        this.state = state;
    }

    /** The page of a topology, opened in a state. */
    public static HtmlPage of(Topology topology, PageState state) {
        return new HtmlPage(topology, state);
    }

    /**
     * The whole file.
     *
     * @param weights mailboxes by site, by which damage is ranked; empty = all sites weigh the same
     * @param workers do the work
     */
    public String html(Map<String, Long> weights, Workers workers) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("TITLE", Template.escaped(topology.settings().name() + ": what if"));
        parts.put("STYLE", Template.resource(HtmlPage.class, "page.css"));
        parts.put("MAP", SvgMap.of(topology, Layout.of(topology), MapMarks.NONE).interactive());
        parts.put("DATA", packed(new PageData(topology, weights, workers).json(state)));
        parts.put("SCRIPT", Template.resource(HtmlPage.class, "page.js"));
        return Template.filled(Template.resource(HtmlPage.class, "page.html"), parts);
    }

    /** Raw deflate in Base64, as {@code DecompressionStream("deflate-raw")} takes it. */
    private static String packed(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(octets, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return Base64.getEncoder().encodeToString(octets.toByteArray());
    }
}
