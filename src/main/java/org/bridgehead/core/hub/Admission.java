package org.bridgehead.core.hub;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;

/**
 * Who may hand in what (DECISIONS 3.1, BEHAVIOUR 3.3): the replies of the door, decided in one place for the live server
 * and for the simulation. An immutable value, safe for any thread; taken from {@link Hub#admission} after each change.
 */
public final class Admission {
    /** Who stands at the door. */
    public enum Trust {
        /** Nobody we know. */
        ANONYMOUS,
        /** A person or program of the organisation. */
        USER,
        /** An authenticated server of the organisation. */
        SERVER
    }

    /** What the directory says of a recipient. */
    public enum Standing {
        /** There is such a recipient. */
        KNOWN,
        /** There is none. */
        UNKNOWN,
        /** Nobody can tell now. */
        UNDECIDED;

        /** What an answer about the recipient's address means; an ambiguous address belongs to somebody. */
        public static Standing of(Answer answer) {
            if (answer instanceof Answer.NotFound) {
                return UNKNOWN;
            }
            return answer instanceof Answer.Unavailable ? UNDECIDED : KNOWN;
        }
    }

    /**
     * A refusal.
     *
     * @param code SMTP reply code
     * @param status enhanced status
     * @param text words for people
     */
    public record Refusal(int code, EnhancedStatus status, String text) {
        /** Code, status and words in one line, as a client quotes them. */
        public String line() {
            return code + " " + status + " " + text;
        }

        private static Refusal of(int code, String status, String text) {
            return new Refusal(code, EnhancedStatus.of(status), text);
        }
    }

    private static final Refusal PRESSED = Refusal.of(452, "4.3.1", "Insufficient system resources");
    private static final Refusal TOO_MANY = Refusal.of(452, "4.5.3", "Too many recipients");
    private static final Refusal NOT_KEPT = Refusal.of(451, "4.3.0", "Cannot keep the message now, try again later");
    private static final Refusal NOT_AUTHENTICATED = Refusal.of(530, "5.7.1", "Client was not authenticated");
    private static final Refusal NO_RELAY = Refusal.of(550, "5.7.1", "Unable to relay");
    private static final Refusal NO_USER = Refusal.of(550, "5.1.1", "User unknown");
    private static final Refusal TOO_BIG = Refusal.of(552, "5.3.4", "Message size exceeds fixed maximum message size");

    private static final List<Permission> AT_HUB = List.of(Permission.USERS, Permission.SERVERS);
    private static final List<Permission> AT_EDGE = List.of(Permission.ANONYMOUS, Permission.SERVERS);

    private final Settings settings;
    private final Pressure pressure;

    private Admission(Settings settings, Pressure pressure) {
        this.settings = settings;
        this.pressure = pressure;
    }

    static Admission of(Snapshot snapshot, Pressure pressure) {
        return new Admission(snapshot.settings(), pressure);
    }

    /** How hard the server is pressed. */
    public Pressure pressure() {
        return pressure;
    }

    /** Names, in small letters, of header fields that rules look at beside those that are always read. */
    public List<String> headerFields() {
        return settings.headerFields();
    }

    /** Who may send to the listener of a server without receive connectors (DECISIONS 3.1). */
    public static List<Permission> defaultPermissions(Server server) {
        return server.is(Role.HUB_TRANSPORT) ? AT_HUB : AT_EDGE;
    }

    /** What is said to a message that there is no room for, now that its envelope is complete. */
    public static Refusal noRoom() {
        return PRESSED;
    }

    /** What is said at the end of a message that could not be brought to stable storage: nothing of it is kept. */
    public static Refusal notKept() {
        return NOT_KEPT;
    }

    /** The rules of an organisation under no pressure. */
    public static Admission of(Settings settings) {
        return new Admission(settings, Pressure.NORMAL);
    }

    /**
     * May this peer start a message?
     *
     * @param permissions of the listener it came by
     * @param declaredSize octets announced with SIZE, 0 when none
     */
    public Optional<Refusal> sender(Trust trust, List<Permission> permissions, long declaredSize) {
        if (pressure.level() == Pressure.Level.HIGH
                || pressure.level() == Pressure.Level.MEDIUM && trust != Trust.SERVER) {
            return Optional.of(PRESSED);
        }
        if (!permissions.contains(permissionOf(trust))) {
            return Optional.of(NOT_AUTHENTICATED);
        }
        // Between servers the size at first acceptance counts (BEHAVIOUR 1.6.4): each hop adds a line of its own.
        return trust != Trust.SERVER && declaredSize > settings.limits().maxMessageSize()
                ? Optional.of(TOO_BIG)
                : Optional.empty();
    }

    /** Whether the answer to {@link #recipient} depends on what the directory says. */
    public boolean asksDirectory(Trust trust, EmailAddress recipient) {
        return trust == Trust.ANONYMOUS
                && domainOf(recipient)
                        .filter(type -> type == AcceptedDomain.Type.AUTHORITATIVE)
                        .isPresent();
    }

    /**
     * Has a message of this transaction room for one more recipient? The rest comes with the next one (RFC 5321 section
     * 4.5.3.1.10).
     *
     * @param taken recipients that were taken before
     */
    public Optional<Refusal> oneMore(int taken) {
        return taken < settings.limits().maxRecipients() ? Optional.empty() : Optional.of(TOO_MANY);
    }

    /**
     * May this peer address this recipient? Strangers reach accepted domains only, and there only people who exist: no
     * report ever goes to a stranger for a recipient that could be refused at the door.
     *
     * @param standing of the recipient, where {@link #asksDirectory} says it matters
     */
    public Optional<Refusal> recipient(Trust trust, EmailAddress recipient, Standing standing) {
        if (trust != Trust.ANONYMOUS) {
            return Optional.empty();
        }
        Optional<AcceptedDomain.Type> domain = domainOf(recipient);
        if (domain.isEmpty()) {
            return Optional.of(NO_RELAY);
        }
        return domain.get() == AcceptedDomain.Type.AUTHORITATIVE && standing == Standing.UNKNOWN
                ? Optional.of(NO_USER)
                : Optional.empty();
    }

    private Optional<AcceptedDomain.Type> domainOf(EmailAddress address) {
        return settings.acceptedDomain(address.domain()).map(AcceptedDomain::type);
    }

    private static Permission permissionOf(Trust trust) {
        return switch (trust) {
            case ANONYMOUS -> Permission.ANONYMOUS;
            case USER -> Permission.USERS;
            case SERVER -> Permission.SERVERS;
        };
    }
}
