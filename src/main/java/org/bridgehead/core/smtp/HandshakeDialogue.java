package org.bridgehead.core.smtp;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.jspecify.annotations.Nullable;

/**
 * From the greeting to the point where mail may be sent: banner, EHLO (or HELO), STARTTLS and EHLO again, AUTH and
 * EHLO again. Owned by its {@link SendSession}; not thread-safe.
 */
final class HandshakeDialogue {
    private static final EnhancedStatus TLS_FIRST = EnhancedStatus.of("4.7.11");
    private static final EnhancedStatus AUTH_FAILED = EnhancedStatus.of("4.7.0");
    static final EnhancedStatus PROTOCOL_ERROR = EnhancedStatus.of("4.5.0");

    private final SendConfig config;
    private Stage stage = Stage.BANNER;
    private boolean helo;
    private boolean tls;
    private boolean clear;
    private boolean authenticated;
    private Capabilities capabilities = Capabilities.none("");
    private @Nullable Authentication authentication;
    private @Nullable Handshake result;

    HandshakeDialogue(SendConfig config) {
        this.config = config;
    }

    Stage stage() {
        return stage;
    }

    Optional<Handshake> result() {
        return Optional.ofNullable(result);
    }

    Optional<Scram.Salted> salted() {
        // What a password was turned into is of no use for the organisation's secret.
        return authentication != null && config.credentials() instanceof Credentials.Organization
                ? authentication.salted()
                : Optional.empty();
    }

    List<SendAction> replied(PeerReply reply) {
        if (reply.isClosing()) {
            return refused(reply.status(), reply.text(), false);
        }
        return switch (stage) {
            case BANNER -> reply.code() == 220 ? hello() : refused(reply);
            case EHLO -> greeted(reply);
            case STARTTLS -> startTls(reply);
            case AUTH -> authenticating(reply);
            default -> throw new IllegalStateException("no reply is due: " + stage);
        };
    }

    /** Whether there is a result and the connection is of no use. */
    boolean isOver() {
        return result != null && !(result instanceof Handshake.Ready);
    }

    List<SendAction> tlsEnded(TlsOutcome outcome) {
        TlsVerdict verdict = verdict(outcome);
        if (verdict instanceof TlsVerdict.Secure) {
            // What was learned before does not count (RFC 3207 section 4.2).
            tls = true;
            capabilities = Capabilities.none("");
            return hello();
        }
        if (verdict instanceof TlsVerdict.Clear) {
            clear = true;
            return proceed();
        }
        if (verdict instanceof TlsVerdict.ClearAgain again) {
            result = new Handshake.ClearAgain(again.why());
            return List.of(new SendAction.Close());
        }
        TlsVerdict.Defer defer = (TlsVerdict.Defer) verdict;
        return refused(defer.status(), defer.words(), defer.politely());
    }

    private TlsVerdict verdict(TlsOutcome outcome) {
        return TlsVerdict.of(
                config.tls(), outcome, config.parties().peer(), config.parties().owner());
    }

    /** A connection that breaks over STARTTLS is a handshake that failed. */
    void lost(String reason) {
        if (stage == Stage.STARTTLS) {
            tlsEnded(new TlsOutcome.Failed(reason));
        } else {
            result = new Handshake.Lost(reason, stage);
        }
    }

    List<SendAction> malformed(String fault) {
        return refused(PROTOCOL_ERROR, fault, false);
    }

    private List<SendAction> hello() {
        stage = Stage.EHLO;
        String verb = config.protocol() == Protocol.LMTP ? "LHLO " : helo ? "HELO " : "EHLO ";
        return List.of(line(verb + config.ownName()));
    }

    private List<SendAction> greeted(PeerReply reply) {
        if (reply.code() == 250) {
            capabilities = helo ? Capabilities.none(reply.lines().get(0)) : Capabilities.of(reply.lines());
            return proceed();
        }
        if (reply.isPermanent() && !helo && !tls && config.protocol() == Protocol.SMTP) {
            helo = true;
            return hello();
        }
        return refused(reply);
    }

    private List<SendAction> proceed() {
        if (!tls && !clear && config.tls() != Tls.NONE) {
            if (!capabilities.offers("STARTTLS")) {
                return tlsEnded(new TlsOutcome.NotOffered());
            }
            stage = Stage.STARTTLS;
            return List.of(line("STARTTLS"));
        }
        if (!authenticated && !(config.credentials() instanceof Credentials.Anonymous)) {
            return authenticate();
        }
        result = new Handshake.Ready(capabilities, tls, authenticated);
        return List.of();
    }

    private List<SendAction> startTls(PeerReply reply) {
        if (reply.code() == 220) {
            return List.of(new SendAction.StartTls(config.tls() == Tls.VERIFIED));
        }
        return tlsEnded(new TlsOutcome.Declined(reply.text()));
    }

    private List<SendAction> authenticate() {
        stage = Stage.AUTH;
        authentication =
                Authentication.choose(config.credentials(), capabilities, tls).orElse(null);
        if (authentication != null) {
            return List.of(line(authentication.command()));
        }
        boolean hidden =
                !tls && config.credentials() instanceof Credentials.Password password && !password.withoutTls();
        return hidden
                ? refused(
                        TLS_FIRST,
                        config.parties().owner() + " logs in over TLS only, and the connection is not encrypted",
                        true)
                : refused(AUTH_FAILED, "the peer offers no usable authentication", true);
    }

    private List<SendAction> authenticating(PeerReply reply) {
        Authentication dialogue = authentication;
        Optional<Authentication> other = dialogue == null || !reply.isPermanent()
                ? Optional.empty()
                : dialogue.instead(config.credentials(), capabilities);
        if (other.isPresent()) {
            authentication = other.get();
            return List.of(line(other.get().command()));
        }
        if (dialogue == null || (reply.code() != 334 && reply.code() != 235)) {
            return refused(reply);
        }
        if (reply.code() == 334) {
            try {
                return List.of(line(dialogue.respond(reply.lines().get(0))));
            } catch (ScramException e) {
                return refused(AUTH_FAILED, String.valueOf(e.getMessage()), false);
            }
        }
        if (!dialogue.isMutual()) {
            return refused(AUTH_FAILED, "the peer did not prove that it knows the secret", false);
        }
        authenticated = true;
        return hello();
    }

    private List<SendAction> refused(PeerReply reply) {
        return reply.isTransient() || reply.isPermanent()
                ? refused(reply.status(), reply.text(), true)
                : refused(PROTOCOL_ERROR, "unexpected reply: " + reply.text(), true);
    }

    private List<SendAction> refused(EnhancedStatus status, String reply, boolean politely) {
        result = new Handshake.Refused(status, reply, stage);
        return politely ? List.of(line("QUIT"), new SendAction.Close()) : List.of(new SendAction.Close());
    }

    static SendAction line(String text) {
        return new SendAction.Write(Scram.utf8(text + "\r\n"));
    }
}
