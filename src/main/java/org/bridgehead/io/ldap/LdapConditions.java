package org.bridgehead.io.ldap;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What those who ask domain controllers need of the world around them.
 *
 * @param folder what file names in the topology are relative to
 * @param clock the time
 * @param obstacle what keeps a site from a domain controller, given both names; empty = nothing that is known beforehand
 */
public record LdapConditions(
        Path folder, Supplier<Instant> clock, BiFunction<String, String, Optional<String>> obstacle) {}
