package org.bridgehead.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.FileDirectory;

/** Finds what users name: sites, servers, nodes and addresses. Every miss is a {@link Failure} with a suggestion. */
final class Places {
    private final Organization organization;
    private final Topology topology;
    private final Directory directory;

    Places(Organization organization) {
        this(organization, FileDirectory.of(organization.directory()));
    }

    /** Addresses are looked up in {@code directory}. */
    Places(Organization organization, Directory directory) {
        this.organization = organization;
        this.topology = organization.topology();
        this.directory = directory;
    }

    /** A site, server, mailbox node or address; {@code site:} or {@code server:} in front where a name is both. */
    Place find(String text) {
        if (text.indexOf('@') >= 0) {
            return address(text);
        }
        Optional<Item> item = Item.tryParse(text);
        String name = item.map(Item::name).orElse(text);
        String kind = item.map(Item::kind).orElse("");
        if (!kind.equals("server") && topology.site(name).isPresent()) {
            String site = topology.site(name).get().name();
            return new Place(site, Optional.of(site), Optional.empty(), Optional.empty());
        }
        if (!kind.equals("site")) {
            Optional<Server> server = topology.server(name).or(() -> serverOfNode(name));
            if (server.isPresent()) {
                return at(server.get().name(), server.get(), Optional.empty());
            }
        }
        throw Failure.usage("no site, server or address named \"" + text + "\"" + Suggestion.after(name, known()));
    }

    private List<String> known() {
        List<String> names = new ArrayList<>(topology.sites().keySet());
        names.addAll(topology.servers().keySet());
        topology.servers().values().forEach(server -> names.addAll(nodes(server)));
        return names;
    }

    private static List<String> nodes(Server server) {
        return server.mailbox()
                .map(role -> role.nodes().stream().map(MailboxNode::name).toList())
                .orElse(List.of());
    }

    private Optional<Server> serverOfNode(String name) {
        return topology.servers().values().stream()
                .filter(server -> nodes(server).stream().anyMatch(name::equalsIgnoreCase))
                .findFirst();
    }

    private static Place at(String name, Server server, Optional<EmailAddress> address) {
        Optional<String> site = server.site().or(server::subscribedSite);
        if (site.isEmpty()) {
            throw Failure.usage(server.name() + " belongs to no site");
        }
        return new Place(name, site, Optional.of(server), address);
    }

    private Place address(String text) {
        EmailAddress address;
        try {
            address = EmailAddress.parse(text);
        } catch (AddressSyntaxException e) {
            throw Failure.usage("\"" + text + "\" is no mail address: " + e.getMessage(), e);
        }
        Answer answer = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        if (answer instanceof Answer.Found found) {
            return entry(address, found.entry());
        }
        if (answer instanceof Answer.Ambiguous) {
            throw Failure.usage("several recipients claim " + address);
        }
        boolean ours = topology.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                .isPresent();
        if (ours) {
            throw Failure.usage("no recipient has the address " + address + Suggestion.after(text, addresses()));
        }
        return outside(address);
    }

    /**
     * Checks that an address of the organisation's own domains exists.
     *
     * @throws Failure when it does not, or is no address
     */
    void known(String text) {
        try {
            Answer answer = directory
                    .ask(List.of(new Question.ByAddress(EmailAddress.parse(text))), Optional.empty())
                    .answers()
                    .get(0);
            if (answer instanceof Answer.NotFound) {
                address(text);
            }
        } catch (AddressSyntaxException e) {
            throw Failure.usage("\"" + text + "\" is no mail address: " + e.getMessage(), e);
        }
    }

    private List<String> addresses() {
        return organization.directory().recipients().stream()
                .flatMap(recipient -> recipient.entry().addresses().stream())
                .map(EmailAddress::toString)
                .toList();
    }

    private static Place outside(EmailAddress address) {
        return new Place(address.toString(), Optional.empty(), Optional.empty(), Optional.of(address));
    }

    private Place entry(EmailAddress address, DirectoryEntry entry) {
        if (entry instanceof DirectoryEntry.Mailbox mailbox) {
            String name = mailbox.database().server();
            Server server = topology.server(name)
                    .orElseThrow(() -> Failure.usage(address + " lives on " + name + ", which is no server"));
            return at(address.toString(), server, Optional.of(address));
        }
        if (entry instanceof DirectoryEntry.Contact contact) {
            return outside(contact.target());
        }
        throw Failure.usage(address + " is a group, its members may be anywhere: name one of them");
    }

    /**
     * Checks the parts given with {@code --down}.
     *
     * @throws Failure when one of them does not exist
     */
    List<String> items(List<String> texts) {
        return texts.stream().map(this::item).map(Item::toString).distinct().toList();
    }

    private Item item(String text) {
        Item item = Item.tryParse(text)
                .orElseThrow(() -> Failure.usage("\"" + text
                        + "\" names no part; write site:NAME, link:NAME, server:NAME, connector:NAME,"
                        + " node:NAME or dc:NAME"));
        List<String> names = switch (item.kind()) {
            case "site" -> List.copyOf(topology.sites().keySet());
            case "link" -> List.copyOf(topology.links().keySet());
            case "server" -> List.copyOf(topology.servers().keySet());
            case "dc" ->
                topology.servers().values().stream()
                        .filter(server -> server.is(Role.DOMAIN_CONTROLLER))
                        .map(Server::name)
                        .toList();
            case "connector" -> List.copyOf(topology.sendConnectors().keySet());
            case "node" ->
                topology.servers().values().stream()
                        .flatMap(server -> nodes(server).stream())
                        .toList();
            default ->
                throw Failure.usage("\"" + item.kind()
                        + "\" is no kind of part; there are site, link, server, connector, node and dc");
        };
        return names.stream()
                .filter(item.name()::equalsIgnoreCase)
                .findFirst()
                .map(name -> new Item(item.kind(), name))
                .orElseThrow(() -> Failure.usage("no " + (item.kind().equals("dc") ? "domain controller" : item.kind())
                        + " named \"" + item.name() + "\"" + Suggestion.after(item.name(), names)));
    }
}
