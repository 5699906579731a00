package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;

/**
 * Recipients of the LDIF files (RFC 2849) that a topology file names: users, groups, dynamic groups and contacts as
 * Active Directory exports them, or entries of RFC 2798. Entries without any mail address are passed over; they are no
 * recipients.
 */
public final class LdifRecipients {
    private final Organization organization;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    private LdifRecipients(Organization organization) {
        this.organization = organization;
    }

    /**
     * The organisation with the recipients of its LDIF files after those of the topology file itself. Without any LDIF
     * file it is the same organisation.
     *
     * @param folder what the files' names are relative to
     * @throws LdifException when a file is no LDIF, or an entry in it cannot be a recipient
     * @throws IOException when a file cannot be read
     */
    public static Organization complete(Organization organization, Path folder) throws LdifException, IOException {
        DirectoryDefinition directory = organization.directory();
        if (directory.ldif().isEmpty()) {
            return organization;
        }
        List<RecipientDefinition> found = new LdifRecipients(organization).read(folder);
        List<RecipientDefinition> all =
                Stream.concat(directory.recipients().stream(), found.stream()).toList();
        return new Organization(organization.topology(), new DirectoryDefinition(all, List.of(), directory.ldap()));
    }

    private List<RecipientDefinition> read(Path folder) throws LdifException, IOException {
        for (String file : organization.directory().ldif()) {
            readEntries(file, folder.resolve(file));
        }
        LdifEntryReader reader = new LdifEntryReader(organization.topology(), entries);
        List<RecipientDefinition> recipients = new ArrayList<>();
        entries.forEach((dn, entry) -> {
            try {
                reader.recipient(entry).ifPresent(recipients::add);
            } catch (LDAPException e) {
                problems.add(files.get(dn) + ": " + entry.getDN() + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new LdifException(problems);
        }
        return recipients;
    }

    private void readEntries(String name, Path file) throws IOException {
        try (LDIFReader reader = new LDIFReader(new BufferedInputStream(Files.newInputStream(file)))) {
            boolean more = true;
            while (more) {
                more = readEntry(name, reader);
            }
        }
    }

    private boolean readEntry(String name, LDIFReader reader) throws IOException {
        try {
            Optional<Entry> entry = Optional.ofNullable(reader.readEntry());
            entry.ifPresent(e -> add(name, e));
            return entry.isPresent();
        } catch (LDIFException e) {
            problems.add(name + ":" + e.getLineNumber() + ": not LDIF: " + e.getMessage());
            return e.mayContinueReading();
        }
    }

    private void add(String name, Entry entry) {
        String key = key(entry.getDN());
        if (entries.putIfAbsent(key, entry) == null) {
            files.put(key, name);
        } else {
            problems.add(name + ": " + entry.getDN() + ": the entry is already in " + files.get(key));
        }
    }

    /** What identifies an entry, however its name is written. */
    public static String key(String dn) {
        try {
            return DN.normalize(dn);
        } catch (LDAPException e) {
            // Exports of foreign directories hold names that are none; such an entry can still be found by its text.
            return dn;
        }
    }

    /** All values of an attribute as text. */
    static List<String> values(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttribute(attribute))
                .map(Attribute::getValues)
                .map(List::of)
                .orElse(List.of());
    }
}
