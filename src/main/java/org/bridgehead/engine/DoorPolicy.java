package org.bridgehead.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Standing;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.PeerTrust;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.core.topology.ReceiveConnector.Permission;

/**
 * The policy of one listener of a hub or edge: says who the peer is and what the directory knows; {@link Admission}
 * decides. Safe for any thread.
 */
final class DoorPolicy implements ReceivePolicy {
    /** The rules of one listener. */
    record Rules(List<Permission> permissions, List<String> remoteRanges, boolean loopbackIsUser) {}

    /** Where people log in. */
    interface Desk {
        /** Whose password that is; may block. */
        LoginAnswer login(String user, String password);
    }

    /** The name in EHLO by which a program on this machine gives up that it would count as a user (DECISIONS 3.1). */
    static final String STRANGER = "stranger.invalid";

    private static final Reply NOT_NOW = Reply.of(454, "4.7.0", "Temporary authentication failure");

    private final Rules rules;
    private final Supplier<Admission> admission;
    private final Directory directory;
    private final Desk desk;
    private final OrganizationSecret secret;
    private final Supplier<Optional<Reply>> scripted;

    DoorPolicy(
            Rules rules,
            Supplier<Admission> admission,
            Directory directory,
            Desk desk,
            OrganizationSecret secret,
            Supplier<Optional<Reply>> scripted) {
        this.rules = rules;
        this.admission = admission;
        this.directory = directory;
        this.desk = desk;
        this.secret = secret;
        this.scripted = scripted;
    }

    @Override
    public Optional<Reply> connected(Peer peer) {
        if (!rules.remoteRanges().isEmpty()
                && rules.remoteRanges().stream().noneMatch(range -> covers(range, peer.address()))) {
            return Optional.of(Reply.of(554, "5.7.1", "This listener does not serve your address"));
        }
        return scripted.get();
    }

    @Override
    public Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
        return admission
                .get()
                .sender(trust(peer), rules.permissions(), declaredSize)
                .map(DoorPolicy::reply);
    }

    @Override
    public Optional<Reply> recipient(
            Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
        Admission now = admission.get();
        Trust trust = trust(peer);
        Standing standing =
                now.asksDirectory(trust, recipient.address()) ? standing(recipient.address()) : Standing.KNOWN;
        return now.recipient(trust, recipient.address(), standing).map(DoorPolicy::reply);
    }

    private Standing standing(EmailAddress address) {
        Answer answer = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        return Standing.of(answer);
    }

    /** As whom a program on this machine sends that counts as a user without having logged in. */
    Optional<String> assumedUser(Peer peer, Envelope envelope) {
        boolean assumed = !peer.trust().isAuthenticated() && trust(peer) == Trust.USER;
        return assumed
                ? Optional.of(envelope.sender().map(EmailAddress::toString).orElse("postmaster"))
                : Optional.empty();
    }

    private Trust trust(Peer peer) {
        if (peer.trust() instanceof PeerTrust.Server) {
            return Trust.SERVER;
        }
        return peer.trust() instanceof PeerTrust.User || isAssumedUser(peer) ? Trust.USER : Trust.ANONYMOUS;
    }

    /** A program on this machine, unless it says that it wants to be taken for a stranger. */
    private boolean isAssumedUser(Peer peer) {
        return peer.loopback() && rules.loopbackIsUser() && !peer.hello().equalsIgnoreCase(STRANGER);
    }

    @Override
    public Optional<String> user(Peer peer, String login, String password) {
        return desk.login(login, password).mailbox().map(DirectoryEntry.Mailbox::name);
    }

    @Override
    public Optional<Reply> userUndecided(Peer peer, String login, String password) {
        return desk.login(login, password).undecided() ? Optional.of(NOT_NOW) : Optional.empty();
    }

    @Override
    public Optional<Scram.Credentials> serverCredentials() {
        return Optional.of(secret.credentials());
    }

    @Override
    public Optional<String> server(Peer peer, String provedName) {
        return secret.serverNamed(provedName);
    }

    static Reply reply(Refusal refusal) {
        return Reply.of(refusal.code(), refusal.status().toString(), refusal.text());
    }

    /** Whether a CIDR range or a single address covers {@code address}. */
    static boolean covers(String range, String address) {
        int slash = range.indexOf('/');
        byte[] network = octets(slash < 0 ? range : range.substring(0, slash));
        byte[] peer = octets(address);
        if (network.length != peer.length) {
            return false;
        }
        int bits = slash < 0 ? network.length * 8 : Integer.parseInt(range.substring(slash + 1));
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i & 7);
            if ((network[i >> 3] & mask) != (peer[i >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] octets(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address literal: " + literal, e);
        }
    }
}
