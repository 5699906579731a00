package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Lists;

/** What the MX answer for a domain means (RFC 5321 section 5.1, RFC 7505). */
public sealed interface MxPlan {
    /**
     * An MX record.
     *
     * @param preference lower is better
     * @param host name as answered; {@code .} or empty = null MX
     */
    record Mx(int preference, String host) {
        String name() {
            String lower = host.toLowerCase(Locale.ROOT);
            return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        }
    }

    /**
     * Try these.
     *
     * @param hosts in order, lower case, without final dot; at least one
     */
    record Hosts(List<String> hosts) implements MxPlan {
        /** Copies the list. */
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * No mail can go there.
     *
     * @param status 5.1.10 for a null MX, 5.4.6 when this server itself is the best exchanger
     * @param reason one sentence
     */
    record Refused(EnhancedStatus status, String reason) implements MxPlan {}

    /**
     * Orders the exchangers. Equal preferences take turns instead of lots; exchangers no better than this server are
     * left out, against loops; without any record the domain itself is the exchanger.
     *
     * @param domain the recipient's
     * @param answers all MX records, any order; empty = the domain has none
     * @param ownNames names this server goes by
     * @param turn number of the connection, from 0
     */
    static MxPlan of(String domain, List<Mx> answers, List<String> ownNames, long turn) {
        List<Mx> records = new ArrayList<>(answers.isEmpty() ? List.of(new Mx(0, domain)) : answers);
        records.removeIf(mx -> mx.name().isEmpty());
        if (records.isEmpty()) {
            return new Refused(EnhancedStatus.of("5.1.10"), domain + " takes no mail (null MX)");
        }
        long limit = limit(records, ownNames);
        records.removeIf(mx -> mx.preference() >= limit);
        records.sort(Comparator.comparingInt(Mx::preference));
        List<String> hosts = new ArrayList<>(records.size());
        int from = 0;
        for (int to = 1; to <= records.size(); to++) {
            if (to == records.size()
                    || records.get(to).preference() != records.get(from).preference()) {
                hosts.addAll(Rotation.rotated(Lists.map(records.subList(from, to), Mx::name), turn));
                from = to;
            }
        }
        return hosts.isEmpty()
                ? new Refused(EnhancedStatus.of("5.4.6"), "mail for " + domain + " would loop back to this server")
                : new Hosts(List.copyOf(new LinkedHashSet<>(hosts)));
    }

    /** The preference of this server itself, where it is an exchanger. */
    private static long limit(List<Mx> records, List<String> ownNames) {
        long limit = Long.MAX_VALUE;
        for (Mx mx : records) {
            for (String own : ownNames) {
                limit = own.equalsIgnoreCase(mx.name()) ? Math.min(limit, mx.preference()) : limit;
            }
        }
        return limit;
    }
}
