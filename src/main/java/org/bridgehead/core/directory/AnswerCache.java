package org.bridgehead.core.directory;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Answers about addresses, kept for a while: what was found longer than what was not. That the directory was unavailable
 * is never kept. Full, it forgets what was not asked for the longest. Not thread-safe; the time comes in.
 */
public final class AnswerCache {
    private static final float LOAD = 0.75f;

    private record Kept(Answer answer, Instant until) {}

    private final LdapAccess settings;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(16, LOAD, true);

    /** Empty. */
    public AnswerCache(LdapAccess settings) {
        this.settings = settings;
    }

    /** What was answered to {@code key} not too long ago. */
    public Optional<Answer> get(String key, Instant now) {
        Kept known = kept.get(key);
        if (known != null && !now.isBefore(known.until())) {
            kept.remove(key);
            return Optional.empty();
        }
        return Optional.ofNullable(known).map(Kept::answer);
    }

    /** Keeps an answer, if it is one that lasts. */
    public void put(String key, Answer answer, Instant now) {
        if (answer instanceof Answer.Unavailable) {
            return;
        }
        Instant until = now.plus(answer instanceof Answer.Found ? settings.cacheTime() : settings.missTime());
        kept.put(key, new Kept(answer, until));
        Iterator<String> eldest = kept.keySet().iterator();
        while (kept.size() > settings.cacheSize()) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Answers held now, too old ones among them. */
    public int size() {
        return kept.size();
    }
}
