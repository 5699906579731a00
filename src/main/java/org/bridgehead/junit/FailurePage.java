package org.bridgehead.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerHandle;
import org.bridgehead.engine.SmtpSession;
import org.bridgehead.render.Layout;
import org.bridgehead.render.MapMarks;
import org.bridgehead.render.SvgMap;
import org.bridgehead.render.Template;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that failed as a page to look at: what it said, the map with what was broken, the story of each message, and what
 * was said on each connection. It lies in the folder that the system property {@value #FOLDER} names, else in {@code
 * target/bridgehead} or {@code build/bridgehead}, whichever of the two the build uses; an empty property turns it off.
 */
final class FailurePage {
    static final String FOLDER = "bridgehead.failures";

    /** The newest messages and connections that are told of. */
    private static final int MOST = 100;

    private FailurePage() {}

    /** Writes it and says where; what goes wrong with that is no failure of the test. */
    static void write(MailOrganization organization, ExtensionContext test, Throwable failure) {
        String folder = System.getProperty(FOLDER, usual());
        if (folder.isEmpty()) {
            return;
        }
        String name = test.getRequiredTestClass().getName() + "." + test.getDisplayName();
        Path file = Path.of(folder, name.replaceAll("[^A-Za-z0-9.$_-]+", "_") + ".html");
        String said;
        try {
            Files.createDirectories(Path.of(folder));
            Files.writeString(file, html(organization, test.getDisplayName(), failure));
            said = "story and map: " + file.toAbsolutePath();
        } catch (IOException | IllegalStateException e) {
            said = "no story and map: " + e;
        }
        System.err.println("bridgehead: " + test.getDisplayName() + ": " + said);
        failure.addSuppressed(new Note(said));
    }

    private static String usual() {
        return Files.isDirectory(Path.of("target")) || !Files.isDirectory(Path.of("build"))
                ? "target/bridgehead"
                : "build/bridgehead";
    }

    /** Stands below the failure wherever that is shown. */
    private static final class Note extends Exception {
        private static final long serialVersionUID = 1L;

        private Note(String words) {
            super(words, null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    static String html(MailOrganization organization, String title, Throwable failure) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("TITLE", Template.escaped(title));
        parts.put("FAILURE", Template.escaped(String.valueOf(failure.getMessage()).strip()));
        parts.put("TIME", organization.clock().now().toString());
        parts.put(
                "MAP",
                SvgMap.of(
                                organization.topology(),
                                Layout.of(organization.topology()),
                                MapMarks.down(Story.broken(organization)))
                        .svg());
        parts.put("STORIES", stories(organization));
        parts.put("SESSIONS", sessions(organization));
        return Template.filled(Template.resource(FailurePage.class, "failure.html"), parts);
    }

    private static String stories(MailOrganization organization) {
        Set<MessageId> messages = new LinkedHashSet<>();
        organization.tracking().events().stream().map(TrackingEvent::messageId).forEach(messages::add);
        return messages.stream()
                .skip(Math.max(0, messages.size() - MOST))
                .map(id -> folded(id.text(), Story.of(organization.message(id.text()))))
                .collect(Collectors.joining());
    }

    private static String sessions(MailOrganization organization) {
        StringBuilder told = new StringBuilder();
        for (ServerHandle server : organization.servers().values()) {
            List<SmtpSession> sessions = recorded(server);
            for (SmtpSession session : sessions.subList(Math.max(0, sessions.size() - MOST), sessions.size())) {
                String client = session.identity().isEmpty() ? session.hello() : session.identity();
                told.append(folded(
                        server.name() + ", " + session.opened() + ", from " + client + " " + session.client(),
                        session.transcript()));
            }
        }
        return told.toString();
    }

    /** Domain controllers speak no SMTP, and what keeps real mail records nothing. */
    private static List<SmtpSession> recorded(ServerHandle server) {
        try {
            return server.sessions();
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    private static String folded(String summary, String text) {
        return "<details><summary>" + Template.escaped(summary) + "</summary><pre>" + Template.escaped(text)
                + "</pre></details>\n";
    }
}
