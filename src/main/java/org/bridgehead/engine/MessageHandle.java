package org.bridgehead.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransportId;

/**
 * A message of a running organisation by its Message-ID, wherever its copies are. Two messages that were handed in with one
 * Message-ID are one here. Safe for any thread.
 */
public final class MessageHandle {
    private static final int MOST = 100_000;

    private final MailOrganization organization;
    private final Plant plant;
    private final MessageId messageId;

    MessageHandle(MailOrganization organization, Plant plant, MessageId messageId) {
        this.organization = organization;
        this.plant = plant;
        this.messageId = messageId;
    }

    /** The organisation it is in. */
    public MailOrganization organization() {
        return organization;
    }

    /** Its Message-ID, angle brackets included. */
    public String messageId() {
        return messageId.text();
    }

    /** What happened to it on all servers, oldest first; empty when none has seen it. */
    public List<TrackingEvent> events() {
        return plant.tracking().of(messageId);
    }

    /** Its copies in the mailboxes of the organisation, by server, then by mailbox; servers that are offline are left out. */
    public List<ReceivedMail> stored() {
        Set<TransportId> ids = new LinkedHashSet<>();
        events().forEach(event -> ids.add(event.transportId()));
        return plant.mailboxServers().values().stream()
                .flatMap(server -> server.find(ids, plant.people()::addressOf).stream())
                .toList();
    }

    /** What waits of it in queues, by server. */
    public List<MessageView> queued() {
        return new Control(plant)
                .messages(Optional.empty(), MessageFilter.all(MOST)).stream()
                        .filter(view -> view.accepted()
                                .filter(accepted -> accepted.facts()
                                        .header()
                                        .messageId()
                                        .equals(messageId))
                                .isPresent())
                        .toList();
    }
}
