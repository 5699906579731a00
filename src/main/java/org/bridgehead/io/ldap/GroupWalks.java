package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.DN;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Page;

/**
 * Groups page by page, over failures of domain controllers: a walk goes on at the controller it began at, because each one
 * has an order of its own; when that one fails, or the list has changed, the whole group is walked again elsewhere. Who
 * comes twice is known already to those who expand; nobody is left out. Safe for any thread.
 */
final class GroupWalks implements AutoCloseable {
    private final DomainControllers controllers;
    private final GroupPages pages;
    private final Duration pause;
    private final HeldWalks held = new HeldWalks();

    GroupWalks(DomainControllers controllers, GroupPages pages, Duration pause) {
        this.controllers = controllers;
        this.pages = pages;
        this.pause = pause;
    }

    /** A page of members. */
    Page page(String site, String group, Optional<Cursor> from) throws NobodyAnswersException {
        if (!DN.isValidDN(group)) {
            return new Page(List.of(new Answer.NotFound(group)), Optional.empty());
        }
        if (from.isEmpty()) {
            return begin(site, group, WalkToken.NEW);
        }
        WalkToken token = WalkToken.of(from.get())
                .orElseThrow(() -> new NobodyAnswersException(
                        "unknown cursor " + from.get().token()));
        Optional<HeldWalks.Walk> walk = held.take(token.walk());
        Optional<Page> next = walk.isPresent() ? next(site, group, token, walk.get()) : Optional.empty();
        if (next.isPresent()) {
            return next.get();
        }
        String broke = walk.map(HeldWalks.Walk::controller).orElse("");
        return begin(
                site,
                group,
                token.again(broke, controllers.now(), pause)
                        .orElseThrow(() -> new NobodyAnswersException(
                                "the list of members breaks off again and again: " + group)));
    }

    private Page begin(String site, String group, WalkToken token) throws NobodyAnswersException {
        return page(
                controllers.ask(site, token.broke(), (controller, pool) -> pages.first(controller, pool, group)),
                token);
    }

    /** Empty when the walk cannot go on. */
    private Optional<Page> next(String site, String group, WalkToken token, HeldWalks.Walk walk)
            throws NobodyAnswersException {
        if (walk instanceof HeldWalks.Names names) {
            return Optional.of(page(names(site, token, names), token));
        }
        if (walk instanceof HeldWalks.Range range) {
            return paged(
                    controllers.askOnly(
                            site, range.controller(), (controller, pool) -> pages.ranged(group, pool, range)),
                    token);
        }
        HeldWalks.Search search = (HeldWalks.Search) walk;
        Optional<GroupPages.Part> part =
                controllers.askOnly(site, search.controller(), (controller, pool) -> pages.searched(pool, search));
        if (part.isEmpty()) {
            search.end();
        }
        return paged(part, token);
    }

    private Optional<Page> paged(Optional<GroupPages.Part> part, WalkToken token) throws NobodyAnswersException {
        return part.isPresent() ? Optional.of(page(part.get(), token)) : Optional.empty();
    }

    private GroupPages.Part names(String site, WalkToken token, HeldWalks.Names names) throws NobodyAnswersException {
        boolean gone = false;
        try {
            GroupPages.Part part =
                    controllers.ask(site, List.of(), (controller, pool) -> pages.named(pool, names.left()));
            gone = true;
            return part;
        } finally {
            if (!gone) {
                held.putBack(token.walk(), names);
            }
        }
    }

    private Page page(GroupPages.Part part, WalkToken token) throws NobodyAnswersException {
        if (part.rest().isEmpty()) {
            return new Page(part.answers(), Optional.empty());
        }
        long walk = held.hold(part.rest().get())
                .orElseThrow(() -> new NobodyAnswersException("too many groups are read at the same time"));
        return new Page(part.answers(), Optional.of(token.at(walk).cursor()));
    }

    @Override
    public void close() {
        held.close();
    }
}
