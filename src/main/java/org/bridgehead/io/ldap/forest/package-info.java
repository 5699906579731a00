/**
 * Forests of Active Directory as topologies and back: {@link org.bridgehead.io.ldap.forest.AdImport} reads sites, links,
 * servers, connectors and recipients from LDIF files or a domain controller, {@link org.bridgehead.io.ldap.forest.AdExport}
 * writes the LDIF of a forest that would hold an organisation. Every Exchange attribute is optional; what had to be
 * assumed is told. No threads of its own.
 */
@NullMarked
package org.bridgehead.io.ldap.forest;

import org.jspecify.annotations.NullMarked;
