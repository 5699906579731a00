package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.io.ldap.FileDirectory;

/**
 * Who the people of a running organisation are: the directory and the logins of its file, replaced together when the
 * file is read again. An answer in pages may then come from both. Safe for any thread.
 */
final class People implements Directory {
    private record Known(Organization organization, Directory directory, Logins logins) {
        static Known of(Organization organization) {
            return new Known(
                    organization, FileDirectory.of(organization.directory()), Logins.of(organization.directory()));
        }
    }

    private volatile Known known;

    People(Organization organization) {
        this.known = Known.of(organization);
    }

    /** From now on these. */
    void replace(Organization organization) {
        known = Known.of(organization);
    }

    Organization organization() {
        return known.organization();
    }

    Logins logins() {
        return known.logins();
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        return known.directory().ask(questions, from);
    }
}
