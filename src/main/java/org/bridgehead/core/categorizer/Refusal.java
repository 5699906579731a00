package org.bridgehead.core.categorizer;

import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.TransportRule;

/**
 * Why somebody does not get a message.
 *
 * @param status kind 5
 * @param reason one line
 */
record Refusal(EnhancedStatus status, String reason) {
    static final Refusal AUTHENTICATION =
            new Refusal(EnhancedStatus.of("5.7.1"), "RESOLVER.RST.AuthRequired; authentication required");
    static final Refusal NOT_AUTHORIZED = new Refusal(
            EnhancedStatus.of("5.7.1"), "RESOLVER.RST.NotAuthorized; not authorized to send to this recipient");
    static final Refusal TOO_BIG = new Refusal(
            EnhancedStatus.of("5.2.3"), "RESOLVER.RST.RecipSizeLimit; message too large for this recipient");
    static final Refusal SENT_TOO_BIG = new Refusal(
            EnhancedStatus.of("5.2.3"), "RESOLVER.RST.SendSizeLimit.Sender; message too large for this sender");
    static final Refusal TOO_MANY =
            new Refusal(EnhancedStatus.of("5.5.3"), "RESOLVER.ADR.RecipLimit; too many recipients");
    static final Refusal UNKNOWN = new Refusal(EnhancedStatus.of("5.1.1"), "RESOLVER.ADR.RecipNotFound; not found");
    static final Refusal AMBIGUOUS =
            new Refusal(EnhancedStatus.of("5.1.4"), "RESOLVER.ADR.Ambiguous; several recipients claim this address");
    static final Refusal NOT_EXPANDED =
            new Refusal(EnhancedStatus.of("5.2.4"), "RESOLVER.GRP.Expansion; the group cannot be expanded");

    private static final EnhancedStatus MALFORMED = EnhancedStatus.of("5.3.0");
    private static final EnhancedStatus LOOP = EnhancedStatus.of("5.4.6");

    /** A way of forwarding that leads back to where it was: it is given in whole. */
    static Refusal loop(String path) {
        return new Refusal(LOOP, "RESOLVER.FWD.Loop; forwarding leads back: " + path);
    }

    /** What is wrong with an entry is for the tracking log, not for senders. */
    static Refusal malformed(String entry) {
        return new Refusal(MALFORMED, "RESOLVER.ADR.Malformed; the directory entry is no usable recipient: " + entry);
    }

    /** A transport rule says so. */
    static Refusal byRule(TransportRule.Reject reject) {
        return new Refusal(reject.status(), "TRANSPORT.RULES.RejectMessage; " + reject.text());
    }

    Destination.Nowhere nowhere() {
        return new Destination.Nowhere(status, reason);
    }
}
