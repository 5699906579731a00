package org.bridgehead.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Stack;
import org.bridgehead.io.ldap.forest.AdOptions.Placement;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads what may stand behind {@code --place-mailboxes}: one of its words, or nothing, as the next word on the line may be
 * something else.
 */
final class PlaceMailboxes implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec verb) {
        String next = words.isEmpty() ? "" : words.peek();
        String word = next.toLowerCase(Locale.ROOT).equals("false") ? "none" : next;
        boolean known = Arrays.stream(Placement.values())
                .anyMatch(placement -> placement.keyword().equalsIgnoreCase(word));
        if (known || next.equalsIgnoreCase("true")) {
            words.pop();
        }
        option.setValue(
                known
                        ? Arrays.stream(Placement.values())
                                .filter(placement -> placement.keyword().equalsIgnoreCase(word))
                                .findFirst()
                                .orElseThrow()
                        : Placement.ROUND_ROBIN);
    }
}
