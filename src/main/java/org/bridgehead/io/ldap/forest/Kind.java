package org.bridgehead.io.ldap.forest;

import java.util.function.Predicate;

/**
 * What an object is: by its class, and where classes were not exported, as far as possible by its place (AD.md 1).
 */
enum Kind {
    /** A site. */
    SITE("site", o -> o.isUnder(1, "Sites") && !o.isUnder(0, "Subnets") && !o.isUnder(0, "Inter-Site Transports")),
    /** A site link of any transport. */
    SITE_LINK("siteLink", o -> o.isUnder(2, "Inter-Site Transports") && o.has("siteList")),
    /** A subnet. */
    SUBNET("subnet", o -> o.isUnder(1, "Subnets") && o.isUnder(2, "Sites")),
    /** What may be a domain controller. */
    SERVER("server", o -> o.isUnder(1, "Servers") && o.isUnder(3, "Sites")),
    /** What makes it one. */
    DIRECTORY_SERVICE("nTDSDSA", o -> o.isUnder(0, "NTDS Settings")),
    /** The Exchange organisation. */
    ORGANIZATION("msExchOrganizationContainer", o -> o.isUnder(1, "Microsoft Exchange") && o.isUnder(2, "Services")),
    /** A server with Exchange on it. */
    EXCHANGE_SERVER("msExchExchangeServer", o -> o.isUnder(1, "Servers") && o.has("msExchCurrentServerRoles")),
    /** A mailbox database. */
    DATABASE("msExchPrivateMDB", o -> o.isUnder(2, "InformationStore") || o.isUnder(1, "Databases")),
    /** A copy of one in an availability group. */
    DATABASE_COPY("msExchMDBCopy", o -> o.isUnder(2, "Databases")),
    /** A way out by SMTP. */
    SMTP_CONNECTOR("msExchRoutingSMTPConnector", o -> o.isUnder(1, "Connections") && o.has("routingList")),
    /** A way out by another program: the class above the one by SMTP. */
    GATEWAY("mailGateway", o -> false),
    /** A domain that mail is taken for. */
    ACCEPTED_DOMAIN("msExchAcceptedDomain", o -> o.has("msExchAcceptedDomainName"));

    private final String objectClass;
    private final Predicate<ForestObject> place;

    Kind(String objectClass, Predicate<ForestObject> place) {
        this.objectClass = objectClass;
        this.place = place;
    }

    /** Whether the object is one. An Exchange server is of the class of servers too, and stands elsewhere. */
    boolean matches(ForestObject object) {
        if (object.isUnclassified()) {
            return place.test(object);
        }
        return object.isA(objectClass) && (this != SERVER || place.test(object));
    }

    /** Its class in the schema. */
    String objectClass() {
        return objectClass;
    }
}
