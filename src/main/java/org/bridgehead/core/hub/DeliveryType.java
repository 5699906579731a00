package org.bridgehead.core.hub;

import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;

/** How a queue delivers, in the words of the modelled system (BEHAVIOUR 3.1). */
public enum DeliveryType {
    /** Submission: nothing is routed yet. */
    UNDEFINED("Undefined"),
    /** To a mailbox server of this site. */
    MAPI_DELIVERY("MapiDelivery"),
    /** To the hubs of another site. */
    SMTP_RELAY_TO_REMOTE_AD_SITE("SmtpRelayToRemoteAdSite"),
    /** To named hubs: source servers of a connector, an expansion server, for an edge the hubs of its site. */
    SMTP_RELAY_WITHIN_AD_SITE("SmtpRelayWithinAdSite"),
    /** To edges that are subscribed to this site. */
    SMTP_RELAY_WITHIN_AD_SITE_TO_EDGE("SmtpRelayWithinAdSiteToEdge"),
    /** Out by the mail exchangers of a domain. */
    DNS_CONNECTOR_DELIVERY("DnsConnectorDelivery"),
    /** Out by smart hosts. */
    SMART_HOST_CONNECTOR_DELIVERY("SmartHostConnectorDelivery"),
    /** To a connector driver. */
    NON_SMTP_GATEWAY_DELIVERY("NonSmtpGatewayDelivery"),
    /** No way at present. */
    UNREACHABLE("Unreachable");

    private final String text;

    DeliveryType(String text) {
        this.text = text;
    }

    /** The word of the modelled system. */
    public String text() {
        return text;
    }

    /** How a queue that leads to {@code hop} delivers in an organisation. */
    static DeliveryType of(NextHop hop, Topology topology) {
        if (hop instanceof NextHop.Mailbox) {
            return MAPI_DELIVERY;
        } else if (hop instanceof NextHop.Sites) {
            return SMTP_RELAY_TO_REMOTE_AD_SITE;
        } else if (hop instanceof NextHop.Servers named) {
            return named.servers().stream()
                            .allMatch(server -> topology.server(server)
                                    .filter(known -> known.is(Role.EDGE_TRANSPORT))
                                    .isPresent())
                    ? SMTP_RELAY_WITHIN_AD_SITE_TO_EDGE
                    : SMTP_RELAY_WITHIN_AD_SITE;
        } else if (hop instanceof NextHop.Dns) {
            return DNS_CONNECTOR_DELIVERY;
        } else if (hop instanceof NextHop.SmartHosts) {
            return SMART_HOST_CONNECTOR_DELIVERY;
        }
        return hop instanceof NextHop.Foreign ? NON_SMTP_GATEWAY_DELIVERY : UNREACHABLE;
    }

    /** Where a hop leads, without the kind: a site, a server, a domain, a connector. */
    static String nextHopDomain(NextHop hop) {
        if (hop instanceof NextHop.Dns dns) {
            return dns.domain();
        }
        String name = hop.queueName();
        return name.substring(name.indexOf(':') + 1);
    }
}
