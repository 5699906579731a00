package org.bridgehead.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.Residue;
import org.bridgehead.engine.ServerHandle;

/** The organisation of one test, or of one class of tests. */
final class TestedOrganization {
    private final MailOrganization organization;
    private final ExtensionSettings settings;

    private TestedOrganization(MailOrganization organization, ExtensionSettings settings) {
        this.organization = organization;
        this.settings = settings;
    }

    static TestedOrganization start(ExtensionSettings settings) {
        return new TestedOrganization(
                MailOrganization.start(settings.config().apply(settings.source().read())), settings);
    }

    MailOrganization organization() {
        return organization;
    }

    /** Closes it and tells what was left. */
    Leftovers finish() {
        List<String> mail = new ArrayList<>();
        awaitIdle(settings.patience(), mail);
        mail.addAll(Story.waiting(organization));
        boolean excused = settings.allowUnsettled() || isBroken();
        Residue residue = organization.shutDown();
        if (mail.isEmpty()) {
            mail.addAll(residue.unsettledMail());
        }
        return new Leftovers(residue.threads(), residue.ports(), residue.bugs(), excused ? List.of() : mail);
    }

    private void awaitIdle(Duration limit, List<String> trouble) {
        try {
            organization.awaitIdle(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            trouble.add("interrupted while mail was under way");
        } catch (IllegalStateException e) {
            trouble.add(String.valueOf(e.getMessage()));
        }
    }

    /** Whether something stands in the way of mail, as the test left it. */
    private boolean isBroken() {
        return !organization.down().isEmpty()
                || !organization.servers().values().stream().allMatch(ServerHandle::isRunning);
    }
}
