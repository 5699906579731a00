package org.bridgehead.io.config;

/**
 * A change to a topology file that is made while it is read, written {@code PATH=VALUE}. PATH holds the keys from the top
 * of the file, joined by dots; a name that contains a dot or an equals sign stands in quotes; letter case is ignored.
 * VALUE is YAML and replaces what is there; {@code null} removes it. Examples: {@code siteLinks.Berlin-Munich.cost=20},
 * {@code connectors."a.b".enabled=false}, {@code servers.BER-HT3=null}.
 *
 * <p>Any text makes an edit; what is wrong with it is told like a mistake in the file, with {@code --set PATH} for its
 * place.
 *
 * @param text as the user typed it
 */
public record Edit(String text) {}
