package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bridgehead.core.mail.EnhancedStatus;

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
        Predicate<Mx> own = mx -> ownNames.stream().anyMatch(name -> name.equalsIgnoreCase(mx.name()));
        List<Mx> records = answers.isEmpty() ? List.of(new Mx(0, domain)) : answers;
        if (records.stream().allMatch(mx -> mx.name().isEmpty())) {
            return new Refused(EnhancedStatus.of("5.1.10"), domain + " takes no mail (null MX)");
        }
        long limit =
                records.stream().filter(own).mapToLong(Mx::preference).min().orElse(Long.MAX_VALUE);
        List<String> hosts = new ArrayList<>();
        records.stream()
                .filter(mx -> !mx.name().isEmpty() && (mx.preference() < limit))
                .collect(Collectors.groupingBy(
                        Mx::preference, TreeMap::new, Collectors.mapping(Mx::name, Collectors.toList())))
                .values()
                .forEach(equals -> hosts.addAll(Rotation.rotated(equals, turn)));
        return hosts.isEmpty()
                ? new Refused(EnhancedStatus.of("5.4.6"), "mail for " + domain + " would loop back to this server")
                : new Hosts(hosts.stream().distinct().toList());
    }
}
