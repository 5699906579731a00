package org.bridgehead.cli;

import picocli.CommandLine.ParameterException;

/** A verb that does nothing without one of its actions. */
abstract class Group extends Verb {
    @Override
    public final Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                spec.name() + ": which action? "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
