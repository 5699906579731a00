package org.bridgehead.io.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LdapSyntax;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.Settings;

/** The section {@code directory}. */
final class DirectoryReader {
    private final Settings settings;
    private final ServerReader servers;
    private final Path folder;

    DirectoryReader(Settings settings, ServerReader servers, Path folder) {
        this.settings = settings;
        this.servers = servers;
        this.folder = folder;
    }

    /** Recipients, and where else they are. */
    DirectoryDefinition read(YamlMap map) {
        List<String> ldif = map.get("ldif")
                .map(v -> v.list("file names", item -> NamedFile.needed(item, folder)))
                .orElse(List.of());
        Optional<Ldap> ldap = map.get("ldap").flatMap(v -> v.map(Shape.LDAP)).flatMap(this::ldap);
        map.get("ldap")
                .ifPresent(v -> v.problems()
                        .warn(
                                v.key(),
                                "held, not asked yet: only recipients of this file and of ldif: are found",
                                "put recipients into this file, or export them to an LDIF file"));
        boolean elsewhere = map.get("ldif").isPresent() || map.get("ldap").isPresent();
        List<RecipientDefinition> recipients = map.get("recipients")
                .map(v -> new RecipientReader(settings, servers, elsewhere).read(v))
                .orElse(new ArrayList<>());
        return new DirectoryDefinition(recipients, ldif, ldap);
    }

    private Optional<Ldap> ldap(YamlMap map) {
        Optional<String> base = map.require("baseDn", "\"DC=contoso,DC=test\"").flatMap(DirectoryReader::dn);
        Optional<String> bind = map.get("bindDn").flatMap(DirectoryReader::dn);
        Optional<String> password = map.get("passwordFile").flatMap(v -> NamedFile.secret(v, folder));
        return base.map(dn -> new Ldap(dn, bind, password));
    }

    private static Optional<String> dn(YamlValue value) {
        return value.parsed(
                "a distinguished name such as \"DC=contoso,DC=test\"",
                text -> Optional.of(text).filter(LdapSyntax::isDn));
    }
}
