package org.bridgehead.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/** What happened to a message, and where it is now. */
final class TrackingResource implements Resource {
    private static final int USUAL_LIMIT = 1000;
    private static final int MOST = 100_000;
    private static final int LONGEST_WAIT = 30;

    private record Place(String server, String internalId) {}

    private final MailOrganization organization;
    private final Control control;

    TrackingResource(MailOrganization organization, Control control) {
        this.organization = organization;
        this.control = control;
    }

    /** Without {@code messageId} the latest events of all; {@code wait} seconds for more than {@code after} events. */
    @Override
    public Object list(Call call) throws IOException, InterruptedException {
        call.allow("messageId", "limit", "after", "wait");
        int limit = call.limit(USUAL_LIMIT, MOST);
        Optional<String> id = call.parameter("messageId");
        if (id.isEmpty()) {
            return control.history().latest(limit);
        }
        int after = call.number("after", 0, Integer.MAX_VALUE);
        int wait = call.number("wait", 0, LONGEST_WAIT);
        if (wait > 0) {
            control.history().awaitMore(id.get(), after, Duration.ofSeconds(wait));
        }
        List<Map<String, Object>> events = control.history().of(id.get(), MOST);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("events", events.subList(Math.min(after, events.size()), Math.min(after + limit, events.size())));
        answer.put("where", where(events, id.get()));
        return answer;
    }

    /** The queues and Outboxes that have it now. */
    private List<Map<String, @Nullable Object>> where(List<Map<String, Object>> events, String id) {
        Set<Place> places = new LinkedHashSet<>();
        events.forEach(event ->
                places.add(new Place(String.valueOf(event.get("server")), String.valueOf(event.get("internalId")))));
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Place place : places) {
            boolean here = organization.servers().containsKey(place.server())
                    && place.internalId().matches("[1-9]\\d{0,17}");
            List<MessageView> views = here
                    ? control.messages(
                            Optional.of(place.server()),
                            MessageFilter.of(new InternalId(Long.parseLong(place.internalId()))))
                    : List.of();
            views.stream()
                    .filter(view -> MessageResource.isNamed(view, id))
                    .forEach(view -> found.add(Fields.of(view, control.now())));
        }
        control.outboxLetters(id).forEach(letter -> found.add(Fields.of(letter, control.now())));
        return found;
    }
}
