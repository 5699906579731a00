package org.bridgehead.io.ldap;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.AnswerCache;
import org.bridgehead.core.directory.ControllerState;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LookUpFigures;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.topology.Topology;

/**
 * The directory of an organisation over LDAP, as its domain controllers have it: connections, what is remembered, and who
 * failed are shared by all sites. Nothing is connected before the first question. Safe for any thread.
 */
public final class LdapDirectories implements AutoCloseable {
    private final DomainControllers controllers;
    private final AnswerCache cache;
    private final SubjectSearch subjects;
    private final GroupWalks groups;
    private final LongAdder questions = new LongAdder();
    private final LongAdder cached = new LongAdder();
    private final LongAdder unavailable = new LongAdder();

    private LdapDirectories(Topology topology, Ldap ldap, DomainControllers controllers) {
        this.controllers = controllers;
        this.cache = new AnswerCache(ldap.access());
        LdapSearches searches = new LdapSearches(ldap.access().timeLimit());
        LdapRecipients recipients = new LdapRecipients(topology, searches);
        this.subjects = new SubjectSearch(ldap.baseDn(), searches, recipients);
        this.groups = new GroupWalks(
                controllers,
                new GroupPages(ldap.baseDn(), searches, recipients),
                ldap.access().retryInterval());
    }

    /**
     * For the domain controllers of a topology.
     *
     * @throws IOException when the password, the certificates or an address cannot be used
     */
    public static LdapDirectories of(Topology topology, Ldap ldap, LdapConditions conditions) throws IOException {
        return new LdapDirectories(topology, ldap, DomainControllers.of(topology, ldap, conditions));
    }

    /** The directory as servers of a site ask it. */
    public Directory from(String site) {
        return new LdapDirectory(site, this);
    }

    /** As {@link #from}, for those whom {@code first} does not know. */
    public Directory behind(Directory first, String site) {
        return new LayeredDirectory(first, from(site));
    }

    /**
     * Whether a password is that of an entry, as a domain controller near {@code site} says; empty = nobody can say now.
     *
     * @param dn name of the entry
     */
    public Optional<Boolean> proves(String site, String dn, String password) {
        try {
            return Optional.of(controllers.proves(site, dn, password));
        } catch (NobodyAnswersException e) {
            unavailable.increment();
            return Optional.empty();
        }
    }

    /** How each domain controller stands, by name. */
    public List<ControllerState> states() {
        return controllers.states();
    }

    /** What look-ups came to so far. */
    public LookUpFigures figures() {
        return new LookUpFigures(
                questions.sum(), cached.sum(), controllers.requests(), controllers.failures(), unavailable.sum());
    }

    Optional<Answer> remembered(String key) {
        questions.increment();
        Instant now = controllers.now();
        Optional<Answer> known;
        synchronized (cache) {
            known = cache.get(key, now);
        }
        known.ifPresent(answer -> cached.increment());
        return known;
    }

    /** Asks one controller about subjects of which nothing is remembered. */
    List<Answer> ask(String site, List<Subject> unknown) throws NobodyAnswersException {
        List<Answer> answers = controllers.ask(
                site, List.of(), (controller, pool) -> pool.use(connection -> subjects.answers(connection, unknown)));
        Instant now = controllers.now();
        synchronized (cache) {
            for (int i = 0; i < unknown.size(); i++) {
                cache.put(unknown.get(i).key(), answers.get(i), now);
            }
        }
        return answers;
    }

    Page members(String site, String group, Optional<Cursor> from) throws NobodyAnswersException {
        questions.increment();
        return groups.page(site, group, from);
    }

    Answer unavailable(NobodyAnswersException e) {
        unavailable.increment();
        return new Answer.Unavailable(String.valueOf(e.getMessage()));
    }

    /** Ends all connections; those in use when they are free. */
    @Override
    public void close() {
        groups.close();
        controllers.close();
    }
}
