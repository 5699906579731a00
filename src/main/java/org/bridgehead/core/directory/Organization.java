package org.bridgehead.core.directory;

import org.bridgehead.core.topology.Topology;

/**
 * What a topology file describes: the servers and the people.
 *
 * @param topology sites, links, servers, connectors
 * @param directory recipients
 */
public record Organization(Topology topology, DirectoryDefinition directory) {}
