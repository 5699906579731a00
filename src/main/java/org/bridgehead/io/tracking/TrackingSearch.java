package org.bridgehead.io.tracking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bridgehead.core.hub.TrackingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events of a message in the files of tracking logs. Lines are read one at a time; what is no event is
 * skipped. Stateless; safe for any thread.
 */
public final class TrackingSearch {
    private static final JsonFactory FACTORY = new JsonFactory();

    private TrackingSearch() {}

    /**
     * The events of a message in all logs below {@code folder} (of several servers or processes), by time.
     *
     * @param id Message-ID, with or without angle brackets, or identity in the organisation
     * @param limit most events
     * @throws IOException when there is no such folder or a file cannot be read
     */
    public static List<Map<String, Object>> inFolder(Path folder, String id, int limit) throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Path file : files(folder)) {
            search(file, id.toLowerCase(Locale.ROOT), limit, found);
        }
        found.sort(Comparator.comparing(fields -> String.valueOf(fields.get("time"))));
        return found;
    }

    /**
     * The events in all logs below {@code folder} that {@code wanted} takes, by time.
     *
     * @param kind name of the event
     * @throws IOException when there is no such folder or a file cannot be read
     */
    public static List<Map<String, Object>> inFolder(
            Path folder, TrackingEvent.Kind kind, Predicate<Map<String, Object>> wanted) throws IOException {
        String mark = "\"event\":\"" + kind.name() + '"';
        List<Map<String, Object>> found = new ArrayList<>();
        for (Path file : files(folder)) {
            lines(file, line -> {
                Map<String, Object> fields = line.contains(mark) ? parse(line) : Map.of();
                if (!fields.isEmpty() && wanted.test(fields)) {
                    found.add(fields);
                }
                return true;
            });
        }
        found.sort(Comparator.comparing(fields -> String.valueOf(fields.get("time"))));
        return found;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "no such folder");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(TrackingFile::isLog).sorted().toList();
        }
    }

    private static void search(Path file, String id, int limit, List<Map<String, Object>> found) throws IOException {
        String inner = stripped(id);
        lines(file, line -> {
            if (line.toLowerCase(Locale.ROOT).contains(inner)) {
                Map<String, Object> fields = parse(line);
                if (names(fields.get("messageId"), fields.get("transportId"), id)) {
                    found.add(fields);
                }
            }
            return found.size() < limit;
        });
    }

    /** Hands over the lines of a file as long as {@code more} says so. */
    private static void lines(Path file, Predicate<String> more) throws IOException {
        // What a crash tore in the midst of a character must not hide the rest.
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        try (BufferedReader lines =
                new BufferedReader(Channels.newReader(Files.newByteChannel(file), decoder, 1 << 16))) {
            for (String line = lines.readLine(); line != null && more.test(line); line = lines.readLine()) {}
        } catch (NoSuchFileException e) {
            // The log's own limits have just deleted it.
            return;
        }
    }

    /** Whether an event is one of the message {@code id}, in lower case. */
    public static boolean names(TrackingEvent event, String id) {
        return names(event.messageId().text(), event.transportId(), id);
    }

    private static boolean names(@Nullable Object messageId, @Nullable Object transportId, String id) {
        return stripped(String.valueOf(messageId).toLowerCase(Locale.ROOT)).equals(stripped(id))
                || String.valueOf(transportId).equals(id);
    }

    private static String stripped(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    /** The fields of a line; none when it is torn. */
    private static Map<String, Object> parse(String line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                fields.put(name, value(json));
            }
            return fields;
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_ARRAY) {
            List<String> items = new ArrayList<>();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                items.add(json.getText());
            }
            return items;
        }
        return token == JsonToken.VALUE_NUMBER_INT ? (Object) json.getLongValue() : json.getText();
    }
}
