package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerHandle;
import org.bridgehead.engine.SmtpSession;
import org.jspecify.annotations.Nullable;

/** The connections that servers took, word for word, for tests in any language. For organisations in memory only. */
final class SessionResource implements Resource {
    private static final String INTERNET = "internet";

    private final MailOrganization organization;
    private final Identities identities;

    SessionResource(MailOrganization organization, Identities identities) {
        this.organization = organization;
        this.identities = identities;
    }

    /** Of all servers, or of one; {@code internet} is the built-in Internet. */
    @Override
    public Object list(Call call) {
        call.allow("server");
        Optional<String> wanted = call.parameter("server")
                .map(name -> Names.same(name, INTERNET) ? INTERNET : identities.server(name));
        List<SmtpSession> sessions = new ArrayList<>();
        for (ServerHandle server : organization.servers().values()) {
            if (wanted.isEmpty() || Names.same(wanted.get(), server.name())) {
                sessions.addAll(of(server));
            }
        }
        if (wanted.isEmpty() || wanted.get().equals(INTERNET)) {
            sessions.addAll(organization.internetSessions());
        }
        return sessions.stream().map(SessionResource::fields).toList();
    }

    /** Domain controllers take none. */
    private static List<SmtpSession> of(ServerHandle server) {
        try {
            return server.sessions();
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    private static Map<String, @Nullable Object> fields(SmtpSession session) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("server", session.server());
        fields.put("opened", Fields.text(Optional.of(session.opened())));
        fields.put("client", session.client());
        fields.put("hello", session.hello());
        fields.put("tls", session.tls());
        fields.put("identity", session.identity());
        fields.put("mails", session.mails().stream().map(SessionResource::fields).toList());
        fields.put(
                "transcript",
                session.lines().stream().map(SmtpSession.Line::toString).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(SmtpSession.Mail mail) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("from", mail.sender());
        fields.put("parameters", mail.parameters());
        fields.put("reply", mail.reply());
        fields.put(
                "recipients",
                mail.recipients().stream().map(SessionResource::fields).toList());
        fields.put("bcc", mail.bcc());
        fields.put("header", mail.header());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(SmtpSession.Rcpt recipient) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("to", recipient.address());
        fields.put("parameters", recipient.parameters());
        fields.put("reply", recipient.reply());
        fields.put("accepted", recipient.accepted());
        return fields;
    }
}
