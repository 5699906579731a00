package org.bridgehead.io.config;

import java.util.List;

/**
 * The keys of every map with fixed keys in a topology file. The JSON Schema lists the same (a test compares them), and
 * a reader can only ask for keys that stand here.
 */
enum Shape {
    /** The file. */
    FILE(
            "",
            "bridgehead",
            "organization",
            "sites",
            "siteLinks",
            "servers",
            "receiveConnectors",
            "internet",
            "connectors",
            "rules",
            "journal",
            "directory"),
    /** Settings of the organisation. */
    ORGANIZATION(
            "organization",
            "name",
            "acceptedDomains",
            "routing",
            "limits",
            "retry",
            "connections",
            "dumpster",
            "secretFile",
            "certificateFile",
            "privateKeyFile",
            "serverTls"),
    /** The routing policy. */
    ROUTING(
            "organization.routing",
            "metric",
            "relay",
            "onFailure",
            "preset",
            "loadBalancing",
            "backOff",
            "connectivity"),
    /** Limits of the organisation. */
    LIMITS("organization.limits", "maxMessageSize", "maxRecipients", "maxHops", "expansionChunk"),
    /** The retry ladder. */
    RETRY(
            "organization.retry",
            "glitchCount",
            "glitchInterval",
            "transientCount",
            "transientInterval",
            "interval",
            "mailboxInterval",
            "messageInterval",
            "delayNotification",
            "expiration",
            "idleBeforeResubmit",
            "resolverInterval"),
    /** Limits of outgoing connections. */
    CONNECTIONS("organization.connections", "maxOutbound", "maxPerNextHop", "messagesPerConnection", "byPriority"),
    /** The transport dumpster. */
    DUMPSTER("organization.dumpster", "maxSizePerStorageGroup", "maxTime", "marginBefore", "marginAfter"),
    /** A site. */
    SITE("sites.*", "hubSite", "subnets", "position"),
    /** A site link. */
    SITE_LINK("siteLinks.*", "sites", "cost", "exchangeCost", "maxMessageSize", "bandwidth", "latency"),
    /** A server of any role. */
    SERVER(
            "servers.*",
            "site",
            "roles",
            "smtp",
            "subscribedSite",
            "ldap",
            "certificateFile",
            "privateKeyFile",
            "replication",
            "nodes",
            "witness",
            "mountDial",
            "mountDialNumbers",
            "maxMissingLogs",
            "forcedMountAfter",
            "logSize",
            "replayLag",
            "storageGroups"),
    /** A mailbox node. */
    NODE("servers.*.nodes.*", "lmtp", "smtp", "imap", "imapMasterUser", "imapPasswordFile"),
    /** A receive connector. */
    RECEIVE_CONNECTOR("receiveConnectors.*", "server", "bind", "remoteRanges", "permissions", "tls", "auth", "limits"),
    /** Limits of a receive connector. */
    RECEIVE_LIMITS("receiveConnectors.*.limits", "maxRecipients", "maxMessageSize"),
    /** A domain of the built-in Internet. */
    INTERNET_DOMAIN("internet.*", "mx"),
    /** A send connector. */
    CONNECTOR(
            "connectors.*",
            "addressSpaces",
            "sourceServers",
            "dns",
            "smartHosts",
            "camel",
            "maxMessageSize",
            "scoped",
            "enabled",
            "tls",
            "trustFile",
            "auth"),
    /** The login of a send connector. */
    AUTH("connectors.*.auth", "user", "passwordFile"),
    /** A transport rule. */
    RULE(
            "rules.*",
            "from",
            "memberOf",
            "to",
            "toMemberOf",
            "subject",
            "header",
            "largerThan",
            "except",
            "reject",
            "status",
            "redirect",
            "addRecipient",
            "setHeader",
            "disclaimer"),
    /** What a transport rule does not apply to. */
    RULE_EXCEPTIONS("rules.*.except", "from", "memberOf", "to", "toMemberOf", "subject", "header", "largerThan"),
    /** Mail that is kept on record. */
    JOURNAL("journal.*", "scope", "of", "memberOf", "to"),
    /** Recipients and where else they are. */
    DIRECTORY("directory", "recipients", "ldif", "ldap"),
    /** Domain controllers to ask. */
    LDAP(
            "directory.ldap",
            "baseDn",
            "bindDn",
            "passwordFile",
            "tls",
            "caFile",
            "transitive",
            "timeLimit",
            "retryInterval",
            "cacheTime",
            "missTime",
            "cacheSize",
            "connections"),
    /** A recipient of any type. */
    RECIPIENT(
            "directory.recipients.*",
            "type",
            "addresses",
            "acceptFrom",
            "rejectFrom",
            "authenticatedOnly",
            "attributes",
            "database",
            "forwardTo",
            "deliverAndForward",
            "maxReceiveSize",
            "maxSendSize",
            "maxRecipients",
            "password",
            "members",
            "filter",
            "expansionServer",
            "reportTo",
            "manager",
            "target");

    private final String path;
    private final List<String> keys;

    Shape(String path, String... keys) {
        this.path = path;
        this.keys = List.of(keys);
    }

    /** Where in the file, {@code *} standing for a name. */
    String path() {
        return path;
    }

    /** The keys in the order of the documentation. */
    List<String> keys() {
        return keys;
    }
}
