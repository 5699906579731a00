package org.bridgehead.engine;

/** Topology files of tests with outside parts. */
final class Topologies {
    private Topologies() {}

    /** Berlin takes mail from anybody for contoso.test and outside.test; Munich has the ways out. */
    static String twoHubs(int smartHost, int lmtp) {
        return """
            bridgehead: 1
            organization:
              name: Contoso
              acceptedDomains: { contoso.test: authoritative, outside.test: externalRelay }
              retry: { glitchInterval: 1s, transientInterval: 2s, interval: 5s, mailboxInterval: 1s }
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-MBX1:
                site: Munich
                roles: [mailbox]
                nodes: { MUC-MBX1A: { lmtp: "127.0.0.1:%d" } }
            receiveConnectors:
              Load: { server: BER-HT1, bind: "127.0.0.1:0", permissions: [anonymous] }
            connectors:
              Outside: { addressSpaces: ["SMTP:outside.test;1"], sourceServers: [MUC-HT1], smartHosts: ["127.0.0.1:%d"] }
            directory:
              recipients:
                real: { type: mailbox, addresses: [real@contoso.test], database: MUC-MBX1/SG1/DB1 }
                more: { type: contact, addresses: [more@contoso.test], target: more@outside.test }
                team: { type: group, addresses: [team@contoso.test], members: [real, more] }
            """.formatted(lmtp, smartHost);
    }
}
