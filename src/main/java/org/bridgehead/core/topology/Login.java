package org.bridgehead.core.topology;

/**
 * How a connector logs in at its peer.
 *
 * @param user account name
 * @param passwordFile file with the password, relative to the topology file
 */
public record Login(String user, String passwordFile) {}
