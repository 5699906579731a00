package org.bridgehead.core.topology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A way out of the organisation (BEHAVIOUR 1.8). Exactly one of {@code dns}, {@code smartHosts} and {@code camel}
 * says how.
 *
 * @param name unique ignoring case
 * @param addressSpaces what it carries, at least one
 * @param sourceServers hubs or edges that may use it, at least one
 * @param dns by MX records
 * @param smartHosts by these hosts in turn
 * @param camel to this Camel endpoint URI
 * @param maxMessageSize octets; too small a connector is eliminated before the choice, absent = unlimited
 * @param scoped invisible outside its site
 * @param enabled whether it takes part at all
 * @param tls how it uses STARTTLS
 * @param auth how it logs in
 * @param trustFile PEM file, relative to the topology file, with the authorities that {@link TlsMode#VERIFIED} trusts;
 *     empty = those that the Java platform trusts
 */
public record SendConnector(
        String name,
        List<AddressSpace> addressSpaces,
        List<String> sourceServers,
        boolean dns,
        List<HostPort> smartHosts,
        Optional<String> camel,
        OptionalLong maxMessageSize,
        boolean scoped,
        boolean enabled,
        TlsMode tls,
        Optional<Login> auth,
        Optional<String> trustFile) {
    /** Trusting whom the platform trusts. */
    public SendConnector(
            String name,
            List<AddressSpace> addressSpaces,
            List<String> sourceServers,
            boolean dns,
            List<HostPort> smartHosts,
            Optional<String> camel,
            OptionalLong maxMessageSize,
            boolean scoped,
            boolean enabled,
            TlsMode tls,
            Optional<Login> auth) {
        this(
                name,
                addressSpaces,
                sourceServers,
                dns,
                smartHosts,
                camel,
                maxMessageSize,
                scoped,
                enabled,
                tls,
                auth,
                Optional.empty());
    }

    /** Copies the lists and checks that the way out is said once. */
    public SendConnector {
        addressSpaces = List.copyOf(addressSpaces);
        sourceServers = List.copyOf(sourceServers);
        smartHosts = List.copyOf(smartHosts);
        if ((dns ? 1 : 0) + (smartHosts.isEmpty() ? 0 : 1) + (camel.isPresent() ? 1 : 0) != 1) {
            throw new IllegalArgumentException("connector " + name + " needs exactly one of dns, smartHosts and camel");
        }
    }

    /** The connector "Internet" of topologies that a program makes: every domain, by its MX records, from one edge. */
    public static SendConnector toInternet(String edge) {
        return new SendConnector(
                "Internet",
                List.of(new AddressSpace("SMTP", "*", 1)),
                List.of(edge),
                true,
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                true,
                TlsMode.OPPORTUNISTIC,
                Optional.empty());
    }
}
