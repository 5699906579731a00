/**
 * Files people write, turned into core values: the topology file of an organisation. Every mistake in a file is
 * reported in one go with its line, column, key path and what would be right
 * ({@link org.bridgehead.io.config.TopologyFileException}); what is read but not used yet is a warning, never silence.
 * Reads files, decides nothing about mail. No threads; every type is immutable or confined to one call.
 */
@NullMarked
package org.bridgehead.io.config;

import org.jspecify.annotations.NullMarked;
