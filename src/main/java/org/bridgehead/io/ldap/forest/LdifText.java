package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.DuplicateValueBehavior;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.ldif.LDIFRecord;
import com.unboundid.ldif.TrailingSpaceBehavior;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads LDIF (RFC 2849) as ldapsearch, ldifde and Samba's tools write it: in UTF-8 or, behind a byte order mark, UTF-16;
 * as entries or as {@code changetype: add}; with what ldapsearch says of its searches in between. A search that ended
 * before everything was told is a problem of the file. One thread.
 */
final class LdifText {
    /** Values in files of their own are not fetched: a file from elsewhere must not choose what is read here. */
    private static final Pattern ELSEWHERE = Pattern.compile("[^: ]+:<.*");

    private static final Pattern TRAILER =
            Pattern.compile("(?i)(search|result|control|pagedresults|matchedDN|text|info|ref)(::?) ?(.*)");

    private static final int SHOWN = 40;

    private final String name;
    private final Forest forest;
    private final List<String> lines = new ArrayList<>();
    private int number;
    private int start;
    private boolean comment;
    private boolean begun;
    private boolean foreign;
    private Optional<String> open = Optional.empty();

    private LdifText(String name, Forest forest) {
        this.name = name;
        this.forest = forest;
    }

    /**
     * Adds all entries of a file to the forest; what is wrong with it becomes the forest's problems.
     *
     * @throws IOException when it cannot be read at all
     */
    static void read(Path file, Forest forest) throws IOException {
        new LdifText(file.toString(), forest).read(file);
    }

    private void read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Charset charset = charset(in);
            // Not Files.newBufferedReader: the byte order mark has been read already.
            BufferedReader text = new BufferedReader(new InputStreamReader(in, charset.newDecoder()));
            for (String line = text.readLine(); line != null && !foreign; line = text.readLine()) {
                number++;
                line(line);
            }
            record();
            open.ifPresent(forest::problem);
        } catch (CharacterCodingException e) {
            forest.problem(name + ":" + (number + 1)
                    + ": not UTF-8 here or in the lines below; export the file again, with ldifde -u in UTF-16");
        }
    }

    /** By the byte order mark, which is read; without one by whether there are NUL octets as in UTF-16. */
    private static Charset charset(InputStream in) throws IOException {
        in.mark(4);
        byte[] first = in.readNBytes(4);
        int mark = first.length < 2 ? 0 : (first[0] & 0xFF) << 8 | (first[1] & 0xFF);
        in.reset();
        if (mark == 0xFFFE || mark == 0xFEFF) {
            in.skipNBytes(2);
            return mark == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        if (mark == 0xEFBB && first.length > 2 && (first[2] & 0xFF) == 0xBF) {
            in.skipNBytes(3);
        }
        return first.length > 1 && first[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    private void line(String line) {
        if (line.isEmpty()) {
            record();
        } else if (line.startsWith("#") || (comment && line.startsWith(" "))) {
            comment = true;
        } else {
            comment = false;
            if (lines.isEmpty()) {
                start = number;
            }
            lines.add(line);
        }
    }

    /** What stands between two empty lines. */
    private void record() {
        comment = false;
        if (!lines.isEmpty() && lines.get(0).toLowerCase(Locale.ROOT).startsWith("version:")) {
            lines.remove(0);
            start++;
        }
        if (lines.isEmpty()) {
            return;
        }
        if (TRAILER.matcher(lines.get(0)).matches()) {
            lines.forEach(this::trailer);
        } else if (lines.get(0).regionMatches(true, 0, "dn:", 0, 3)) {
            entry();
        } else {
            String first = lines.get(0).strip();
            forest.problem(name + ":" + start + ": not LDIF: a record begins with \"dn: \", here is \""
                    + first.substring(0, Math.min(first.length(), SHOWN)) + "\"");
            foreign = !begun;
        }
        begun = true;
        lines.clear();
    }

    /** How a search of ldapsearch ended. Of paged ones only the last page has to be the end. */
    private void trailer(String line) {
        Matcher said = TRAILER.matcher(line);
        if (!said.matches()) {
            return;
        }
        String value = said.group(3).strip();
        switch (said.group(1).toLowerCase(Locale.ROOT)) {
            case "result" -> {
                if (!value.matches("0\\b.*")) {
                    forest.problem(early("result " + value));
                }
            }
            case "pagedresults" ->
                open = value.matches("(?i)(?:estimate=\\d+ +)?cookie=")
                        ? Optional.empty()
                        : Optional.of(early("pages are missing"));
            case "ref" -> forest.guesses().add("references to other servers are not followed", name, value);
            default -> {}
        }
    }

    private String early(String how) {
        return name + ":" + start + ": the search in this file ended early (" + how
                + "), so that entries may be missing; export again, in pages (ldapsearch -E pr=1000/noprompt)";
    }

    private void entry() {
        if (lines.stream().anyMatch(line -> ELSEWHERE.matcher(line).matches())) {
            forest.problem(
                    name + ":" + start + ": a value stands in another file (:<), which is not read; put it here");
            return;
        }
        try {
            LDIFRecord record = LDIFReader.decodeLDIFRecord(
                    DuplicateValueBehavior.STRIP, TrailingSpaceBehavior.STRIP, null, lines.toArray(String[]::new));
            if (record instanceof Entry entry) {
                forest.add(entry, name);
            } else if (record instanceof LDIFAddChangeRecord added) {
                forest.add(added.getEntryToAdd(), name);
            } else {
                forest.guesses()
                        .add("changes other than added entries are passed over", name, String.valueOf(record.getDN()));
            }
        } catch (LDIFException e) {
            forest.problem(name + ":" + start + ": not LDIF: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("broken record"));
        }
    }
}
