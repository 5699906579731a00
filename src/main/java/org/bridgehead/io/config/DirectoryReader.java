package org.bridgehead.io.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
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
        Optional<Ldap> ldap =
                map.get("ldap").flatMap(v -> v.map(Shape.LDAP)).flatMap(keys -> new LdapReader(keys, folder).read());
        map.get("ldap")
                .filter(v -> !servers.hasControllers())
                .ifPresent(v -> v.problems()
                        .warn(
                                v.key(),
                                "there is nobody to ask: mail waits for recipients that this file does not name",
                                "add a server with roles: [domainController] and ldap: \"ldap://HOST:389\""));
        boolean elsewhere = map.get("ldif").isPresent() || map.get("ldap").isPresent();
        List<RecipientDefinition> recipients = map.get("recipients")
                .map(v -> new RecipientReader(settings, servers, elsewhere).read(v))
                .orElse(new ArrayList<>());
        return new DirectoryDefinition(recipients, ldif, ldap);
    }
}
