package org.bridgehead.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.DatabaseState;
import org.bridgehead.engine.FailoverReport;
import org.bridgehead.engine.GroupLoss;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxControl;
import org.jspecify.annotations.Nullable;

/** Databases of embedded mailbox servers, to dismount and mount: mail for a dismounted one waits at the hubs. */
final class DatabaseResource implements Resource {
    private final MailOrganization organization;
    private final MailboxControl mailboxes;

    DatabaseResource(MailOrganization organization, Control control) {
        this.organization = organization;
        this.mailboxes = control.mailboxes();
    }

    @Override
    public Object list(Call call) {
        call.allow("server");
        return mailboxes.databases().stream()
                .filter(state -> call.parameter("server")
                        .filter(name -> !Names.same(name, state.database().server()))
                        .isEmpty())
                .map(ClusterFields::of)
                .toList();
    }

    @Override
    public List<String> verbs() {
        return List.of("dismount", "mount");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        if (!verbs().contains(verb)) {
            throw unknown(verb);
        }
        call.allow(verb.equals("mount") ? new String[] {"force"} : new String[0]);
        DatabaseRef database = database(name.replace('\\', '/'));
        int before = organization.failovers(database.server()).size();
        if (verb.equals("mount")) {
            boolean force = call.flag("force", false);
            refuse(database, mailboxes.mount(database, force), force);
        } else {
            NodeResource.refuse("dismount of " + database, mailboxes.dismount(database));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("database", database.toString());
        List<FailoverReport> all = organization.failovers(database.server());
        answer.put(
                "losses",
                all.subList(before, all.size()).stream()
                        .flatMap(report -> report.losses().stream())
                        .map(DatabaseResource::loss)
                        .toList());
        return answer;
    }

    private DatabaseRef database(String name) {
        List<DatabaseRef> all =
                mailboxes.databases().stream().map(DatabaseState::database).toList();
        String known =
                Identities.named(name, all.stream().map(DatabaseRef::toString).toList(), "database", "runs here");
        return all.stream()
                .filter(database -> database.toString().equals(known))
                .findFirst()
                .orElseThrow();
    }

    private static void refuse(DatabaseRef database, Optional<String> refusal, boolean force) {
        refusal.ifPresent(why -> {
            throw Problem.conflict(
                    "mount of " + database + " refused: " + why,
                    force || !why.contains("log")
                            ? ""
                            : "start the node that has them, or lose them: bridgehead database mount " + database
                                    + " --force");
        });
    }

    private static Map<String, @Nullable Object> loss(GroupLoss loss) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("group", loss.group().toString());
        fields.put("lostLogs", loss.lostLogs());
        fields.put("lostMessages", loss.lost().size());
        fields.put("from", loss.window().from().toString());
        fields.put("to", loss.window().to().toString());
        fields.put("requests", loss.requests().size());
        return fields;
    }
}
