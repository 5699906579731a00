package org.bridgehead.core.hub;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.categorizer.Finding;
import org.bridgehead.core.mail.EmailAddress;

/**
 * What message tracking learns of resolution and expansion (BEHAVIOUR 3.4). Keeps nothing; used by the
 * {@link Intake} and its {@link Bifurcation} on the hub's thread.
 */
final class ResolverTracking {
    private final Desk desk;

    ResolverTracking(Desk desk) {
        this.desk = desk;
    }

    /** Those findings that nothing else tells of. */
    void findings(MailCopy copy, List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding instanceof Finding.Resolved f) {
                track(copy, TrackingEvent.Kind.RESOLVE, List.of(f.from()), "", "is " + f.to());
            } else if (finding instanceof Finding.Redirected f) {
                track(copy, TrackingEvent.Kind.REDIRECT, List.of(f.from()), "", "to " + f.to());
            } else if (finding instanceof Finding.Expanding f) {
                track(copy, TrackingEvent.Kind.EXPAND, List.of(f.group()), "", f.name());
            } else if (finding instanceof Finding.Duplicate f) {
                TrackingEvent.Kind kind =
                        f.redirected() ? TrackingEvent.Kind.DUPLICATEREDIRECT : TrackingEvent.Kind.DUPLICATEEXPAND;
                track(copy, kind, List.of(f.member()), "", f.why());
            } else if (finding instanceof Finding.Lost f) {
                track(
                        copy,
                        TrackingEvent.Kind.FAIL,
                        List.of(f.group()),
                        "5.2.4",
                        "member leads nowhere: " + f.member());
            } else {
                rare(copy, finding);
            }
        }
    }

    private void rare(MailCopy copy, Finding finding) {
        if (finding instanceof Finding.Empty f) {
            track(copy, TrackingEvent.Kind.DROP, List.of(f.group()), "", "the group has no members");
        } else if (finding instanceof Finding.Dropped f) {
            track(copy, TrackingEvent.Kind.DROP, List.of(f.recipient()), "", f.why());
        } else if (finding instanceof Finding.Ruled f) {
            desk.track(
                    TrackingEvent.Kind.AGENTINFO,
                    TrackingEvent.Source.AGENT,
                    copy.item().accepted(),
                    List.of(f.recipient()),
                    Optional.empty(),
                    "",
                    "rule " + f.rule().name() + " " + f.rule().action().words());
        } else if (finding instanceof Finding.Reports f) {
            String who = f.manager().map(EmailAddress::toString).orElse("nobody");
            track(copy, TrackingEvent.Kind.AGENTINFO, List.of(f.group()), "", who + " hears of its members");
        }
    }

    /** Who has to be asked cannot be asked now. */
    void defer(MailCopy copy, List<EmailAddress> recipients, String why) {
        track(copy, TrackingEvent.Kind.DEFER, recipients, "4.3.2", why);
    }

    void transfer(MailCopy copy, String why) {
        track(copy, TrackingEvent.Kind.TRANSFER, List.of(), "", why);
    }

    void drop(MailCopy copy) {
        track(copy, TrackingEvent.Kind.DROP, List.of(), "", "dropped by an agent");
    }

    private void track(
            MailCopy copy, TrackingEvent.Kind kind, List<EmailAddress> recipients, String status, String reason) {
        desk.track(
                kind,
                TrackingEvent.Source.RESOLVER,
                copy.item().accepted(),
                recipients,
                Optional.empty(),
                status,
                reason);
    }
}
