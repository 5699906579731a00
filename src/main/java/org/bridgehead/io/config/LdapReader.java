package org.bridgehead.io.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.directory.LdapAccess.Tls;
import org.bridgehead.core.directory.LdapSyntax;

/** The section {@code directory.ldap}: how domain controllers are asked. */
final class LdapReader {
    private static final int MOST_CACHED = 10_000_000;
    private static final int MOST_CONNECTIONS = 1_000;

    private final YamlMap map;
    private final Path folder;

    LdapReader(YamlMap map, Path folder) {
        this.map = map;
        this.folder = folder;
    }

    /** Empty without a base; then that is reported. */
    Optional<Ldap> read() {
        Optional<String> base = map.require("baseDn", "\"DC=contoso,DC=test\"").flatMap(LdapReader::dn);
        Optional<String> bind = map.get("bindDn").flatMap(LdapReader::dn);
        Optional<String> password = map.get("passwordFile").flatMap(v -> NamedFile.secret(v, folder));
        together("bindDn", "passwordFile", "who asks");
        together("passwordFile", "bindDn", "the password");
        LdapAccess access = access();
        return base.map(dn -> new Ldap(dn, bind, password, access));
    }

    private void together(String one, String other, String what) {
        Optional<YamlValue> lone = map.get(one).filter(v -> map.get(other).isEmpty());
        lone.ifPresent(v -> v.problems()
                .warn(v.key(), what + " is of no use without " + other, "write " + other + ", or remove " + one));
    }

    private LdapAccess access() {
        LdapAccess usual = LdapAccess.DEFAULT;
        return new LdapAccess(
                value("tls", v -> v.oneOf(List.of(Tls.values()), Tls::keyword), usual.tls()),
                map.get("caFile").flatMap(v -> NamedFile.secret(v, folder)),
                value("transitive", YamlValue::bool, usual.transitive()),
                duration("timeLimit", false, usual.timeLimit()),
                duration("retryInterval", false, usual.retryInterval()),
                duration("cacheTime", true, usual.cacheTime()),
                duration("missTime", true, usual.missTime()),
                value("cacheSize", v -> v.integer(0, MOST_CACHED), usual.cacheSize()),
                value("connections", v -> v.integer(1, MOST_CONNECTIONS), usual.connections()));
    }

    private Duration duration(String key, boolean orZero, Duration usual) {
        return value(key, v -> v.duration(orZero), usual);
    }

    private <T> T value(String key, Function<YamlValue, Optional<T>> read, T usual) {
        return map.get(key).flatMap(read).orElse(usual);
    }

    private static Optional<String> dn(YamlValue value) {
        return value.parsed(
                "a distinguished name such as \"DC=contoso,DC=test\"",
                text -> Optional.of(text).filter(LdapSyntax::isDn));
    }
}
