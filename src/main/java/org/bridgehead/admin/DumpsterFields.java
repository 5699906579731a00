package org.bridgehead.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.engine.DumpsterContents;
import org.bridgehead.engine.HeldMail;
import org.bridgehead.engine.RedeliveryPreview;
import org.bridgehead.engine.RedeliveryRequest;
import org.jspecify.annotations.Nullable;

/** Dumpsters, what they hold and what is asked of them as the fields of JSON objects. Stateless. */
final class DumpsterFields {
    private DumpsterFields() {}

    static Map<String, @Nullable Object> of(DumpsterContents dumpster) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hub", dumpster.hub());
        fields.put("storageGroup", dumpster.view().storageGroup().toString());
        fields.put("items", dumpster.view().items());
        fields.put("size", dumpster.view().octets());
        fields.put("oldest", Fields.text(dumpster.view().oldest()));
        fields.put("newest", Fields.text(dumpster.view().newest()));
        fields.put("inserts", dumpster.view().inserts());
        fields.put("deletes", dumpster.view().deletes());
        return fields;
    }

    static Map<String, @Nullable Object> of(HeldMail held) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hub", held.hub());
        fields.put("storageGroup", held.item().storageGroup().toString());
        fields.put("messageId", held.item().facts().header().messageId().text());
        fields.put(
                "from",
                held.item().envelope().sender().map(EmailAddress::toString).orElse("<>"));
        fields.put(
                "recipients",
                held.item().envelope().recipients().stream()
                        .map(recipient -> recipient.address().toString())
                        .toList());
        fields.put("size", held.item().body().size());
        fields.put("delivered", Fields.text(Optional.of(held.item().at())));
        fields.put("transportId", held.item().facts().state().id().toString());
        return fields;
    }

    static Map<String, @Nullable Object> of(RedeliveryRequest request) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("number", request.number());
        fields.put("hub", request.hub());
        fields.put("storageGroup", request.storageGroup().toString());
        fields.put("from", request.window().from().toString());
        fields.put("to", request.window().to().toString());
        fields.put("made", Fields.text(Optional.of(request.made())));
        fields.put("state", request.isOpen() ? "open" : request.messages().isPresent() ? "answered" : "given up");
        fields.put("messages", request.messages().orElse(null));
        fields.put("askedAgain", Fields.text(request.next()));
        return fields;
    }

    /** What a redelivery would do, by name. */
    static Map<String, @Nullable Object> of(RedeliveryPreview preview) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("storageGroup", preview.group().toString());
        fields.put("from", preview.window().from().toString());
        fields.put("to", preview.window().to().toString());
        fields.put("hubs", preview.hubs());
        fields.put("unseen", preview.unseen());
        fields.put("knownSince", Fields.text(preview.knownSince()));
        for (RedeliveryPreview.Fate fate : RedeliveryPreview.Fate.values()) {
            fields.put(name(fate), preview.of(fate).size());
        }
        List<Map<String, @Nullable Object>> items =
                preview.items().stream().map(DumpsterFields::of).toList();
        fields.put("items", items);
        return fields;
    }

    private static Map<String, @Nullable Object> of(RedeliveryPreview.Item item) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("fate", name(item.fate()));
        fields.put("messageId", item.messageId());
        fields.put("from", item.sender().isEmpty() ? "<>" : item.sender());
        fields.put("recipient", item.recipient());
        fields.put("mailbox", item.mailbox());
        fields.put("size", item.size());
        fields.put("delivered", Fields.text(Optional.of(item.delivered())));
        fields.put("hub", item.hub());
        fields.put("transportId", item.id().toString());
        return fields;
    }

    /** {@code COMES_BACK} becomes {@code comesBack}. */
    private static String name(RedeliveryPreview.Fate fate) {
        String[] words = fate.name().toLowerCase(Locale.ROOT).split("_");
        return words.length == 1 ? words[0] : words[0] + Fields.title(words[1].toUpperCase(Locale.ROOT));
    }
}
