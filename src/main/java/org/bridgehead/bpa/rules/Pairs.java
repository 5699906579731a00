package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Role;

/**
 * All pairs of sites between which mail goes, one tree per source: sites by number, their place in name order.
 *
 * <p>Ends of mail are the sites with a hub; where the topology has no hub at all, every site. From more than
 * {@link #MOST} pairs only an even choice of the sources is looked at, which {@link SampledPairs} tells the reader.
 */
final class Pairs {
    /** Pairs that are looked at in a second or so, the paths being computed on the way. */
    static final long MOST = 2_000_000;

    /** A prime: an even stride alone would meet the routing table's slots for kept paths in step. */
    private static final int SCATTER = 101;

    private final Subject subject;
    private final List<String> names;
    private final boolean[] ends;
    private final int[] sources;

    private Pairs(Subject subject, NavigableSet<String> ends) {
        this.subject = subject;
        this.names = subject.topology().sites().values().stream()
                .map(site -> site.name())
                .toList();
        this.ends = new boolean[names.size()];
        int[] all = new int[names.size()];
        int count = 0;
        for (int site = 0; site < all.length; site++) {
            this.ends[site] = ends.isEmpty() || ends.contains(names.get(site));
            if (this.ends[site]) {
                all[count++] = site;
            }
        }
        this.sources = thinned(Arrays.copyOf(all, count), names.size());
    }

    private static int[] thinned(int[] all, int sites) {
        int most = (int) Math.max(1, MOST / Math.max(1, sites));
        int[] some = new int[Math.min(all.length, most)];
        int stride = some.length == 0 ? 1 : Math.max(1, all.length / some.length);
        for (int i = 0; i < some.length; i++) {
            some[i] = all[(int) ((long) i * all.length / some.length) + i * SCATTER % stride];
        }
        return some;
    }

    /** Pairs of sites with a hub. */
    static Pairs of(Subject subject) {
        return new Pairs(subject, subject.sitesWith(Role.HUB_TRANSPORT));
    }

    /** Pairs of sites with mailboxes; of sites with a hub when there are no mailboxes at all. */
    static Pairs ofMailboxes(Subject subject) {
        NavigableSet<String> mailboxes = subject.sitesWith(Role.MAILBOX);
        return mailboxes.isEmpty() ? of(subject) : new Pairs(subject, mailboxes);
    }

    /** The name of a site. */
    String name(int site) {
        return names.get(site);
    }

    /** How many sites there are, ends or not. */
    int sites() {
        return names.size();
    }

    /** Whether mail begins and ends there. */
    boolean isEnd(int site) {
        return ends[site];
    }

    /** The sites mail ends in, in name order. */
    List<Integer> ends() {
        List<Integer> found = new ArrayList<>();
        for (int site = 0; site < ends.length; site++) {
            if (ends[site]) {
                found.add(site);
            }
        }
        return found;
    }

    /** The sources looked at. */
    int[] sources() {
        return sources.clone();
    }

    /** The paths from a site. */
    SourceTree from(int source) {
        return SourceTree.of(subject.routes(), source);
    }

    /** How many ends lie at or below each site of a tree: the pairs whose path reaches or crosses it. */
    int[] endsBelow(SourceTree tree) {
        int[] below = new int[names.size()];
        for (int at = tree.reached() - 1; at > 0; at--) {
            int site = tree.site(at);
            below[site] += ends[site] ? 1 : 0;
            below[tree.previous(site)] += below[site];
        }
        return below;
    }

    /** {@code A to B}. */
    String pair(int from, int to) {
        return name(from) + " to " + name(to);
    }
}
