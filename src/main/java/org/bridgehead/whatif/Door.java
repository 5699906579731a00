package org.bridgehead.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Standing;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.topology.ReceiveConnector.Permission;

/** The door of a server: asks its {@link Admission} what to say. What it takes is on no disk yet. One thread. */
final class Door {
    /**
     * The replies of one transaction.
     *
     * @param byRecipient one per recipient; empty = taken
     * @param accepted what is to be on the disk before that is said; empty = everybody was refused
     */
    record Replies(List<Optional<Refusal>> byRecipient, Optional<SpoolRecord.Accepted> accepted) {
        /** What is said when the disk did not keep it. */
        Replies notKept() {
            return new Replies(
                    Lists.map(byRecipient, refusal -> refusal.or(() -> Optional.of(Admission.notKept()))),
                    Optional.empty());
        }
    }

    /** A message as it stands at the door. */
    record Incoming(
            Envelope envelope,
            TransferState state,
            HeaderFacts header,
            long size,
            String source,
            Optional<Handover> handover) {
        /** One that no server hands over. */
        Incoming(Envelope envelope, TransferState state, HeaderFacts header, long size, String source) {
            this(envelope, state, header, size, source, Optional.empty());
        }
    }

    private final World world;
    private final Directory directory;

    Door(World world, Directory directory) {
        this.world = world;
        this.directory = directory;
    }

    /** What may be taken of a message. */
    Replies judge(VirtualServer server, Trust trust, Incoming mail, Instant now) {
        Admission admission = server.admission();
        Optional<Refusal> atMail = admission.sender(trust, permissions(server.name()), mail.size());
        List<Optional<Refusal>> replies = new ArrayList<>();
        List<Recipient> taken = new ArrayList<>();
        for (Recipient recipient : mail.envelope().recipients()) {
            Optional<Refusal> reply = atMail.or(() -> admission.oneMore(taken.size()))
                    .or(() -> atRcpt(admission, trust, recipient.address()));
            replies.add(reply);
            if (reply.isEmpty()) {
                taken.add(recipient);
            }
        }
        if (server.refusesWrites()) {
            replies.replaceAll(reply -> reply.or(() -> Optional.of(Admission.noRoom())));
            taken.clear();
        }
        Optional<SpoolRecord.Accepted> accepted =
                taken.isEmpty() ? Optional.empty() : Optional.of(accept(server, taken, mail, now));
        return new Replies(replies, accepted);
    }

    private Optional<Refusal> atRcpt(Admission admission, Trust trust, EmailAddress address) {
        Standing standing = admission.asksDirectory(trust, address) ? standing(address) : Standing.KNOWN;
        return admission.recipient(trust, address, standing);
    }

    private Standing standing(EmailAddress address) {
        Answer answer = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        return Standing.of(answer);
    }

    private SpoolRecord.Accepted accept(VirtualServer server, List<Recipient> taken, Incoming mail, Instant now) {
        InternalId id = server.disk().allocate();
        return new SpoolRecord.Accepted(
                id,
                taken.size() == mail.envelope().recipients().size()
                        ? mail.envelope()
                        : mail.envelope().to(taken),
                new Facts(mail.state(), mail.header(), now, mail.source(), mail.handover()),
                new BodyRef(server.name() + "/" + id, mail.size()));
    }

    /** Of the default listener, by which servers and clients come; receive connectors have others of their own. */
    private List<Permission> permissions(String server) {
        return Admission.defaultPermissions(world.topology().server(server).orElseThrow());
    }
}
