package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.mail.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the groups that conditions on recipients name, however deep: their addresses, as digests. Asked before the
 * recipients, and only where a rule may need it. Owned by a {@link Categorization}.
 */
final class GroupSets implements Asker {
    private record Due(Visited members, GroupSearch search) {}

    private final Map<List<String>, Visited> sets = new LinkedHashMap<>(0);
    private final ArrayDeque<Due> due = new ArrayDeque<>(0);

    /** It will be asked who is in one of these groups. */
    void want(List<String> groups) {
        if (groups.isEmpty() || sets.containsKey(groups)) {
            return;
        }
        Visited members = new Visited();
        sets.put(groups, members);
        due.add(new Due(members, new GroupSearch(groups, entry -> isLast(entry, members))));
    }

    private static boolean isLast(DirectoryEntry entry, Visited members) {
        entry.addresses().forEach(address -> members.add(address.key()));
        if (entry instanceof Contact contact) {
            members.add(contact.target().key());
        }
        return false;
    }

    /** Whether an address is in one of the groups, which were wanted before. */
    boolean has(List<String> groups, EmailAddress address) {
        @Nullable Visited members = sets.get(groups);
        if (members == null) {
            throw new IllegalStateException("nobody wanted to know who is in " + groups);
        }
        return members.has(address.key());
    }

    @Override
    public Optional<Step.Ask> ask() {
        return due.isEmpty() ? Optional.empty() : due.getFirst().search().ask();
    }

    @Override
    public void answered(Page page) {
        GroupSearch search = due.getFirst().search();
        search.answered(page);
        if (search.isOver()) {
            due.removeFirst();
        }
    }
}
