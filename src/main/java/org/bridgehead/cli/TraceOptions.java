package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The message that {@code trace} follows, and what happens meanwhile. */
final class TraceOptions {
    @Option(names = "--from", paramLabel = "ADDR", description = "sender; <> for the null sender of reports")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "ADDR", description = "recipient: mailbox, group or anybody else; repeatable")
    List<String> to = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "of the message; default: 1KB")
    @Nullable
    Long size;

    @Option(names = "--message", paramLabel = "FILE", description = "take size, Message-ID and header facts from it")
    @Nullable
    Path message;

    @Option(
            names = "--via",
            paramLabel = "SERVER",
            description = "hub or edge it is handed to; default: a hub of the sender's site, an edge for strangers")
    @Nullable
    String via;

    @Option(names = "--anonymous", description = "a stranger hands it in, whoever the sender claims to be")
    boolean anonymous;

    @Option(
            names = "--down",
            paramLabel = "ITEM[@TIME]",
            description = "a part that has failed, or fails so long after the start: site:NAME, link:NAME, server:NAME,"
                    + " connector:NAME, node:NAME; repeatable")
    List<String> down = new ArrayList<>();

    @Option(
            names = "--up",
            paramLabel = "ITEM@TIME",
            description = "a part that works again so long after the start; repeatable")
    List<String> up = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE[@TIME]",
            description = "a change of the topology, as of whatif, from the start or later; repeatable")
    List<String> set = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "virtual time that passes; default: none, until something waits")
    String length = "0s";

    @Option(names = "--start", paramLabel = "INSTANT", description = "virtual time of the start; default: now")
    @Nullable
    String start;

    @Option(names = "--count", paramLabel = "N", description = "so many of it, one after the other; default: 1")
    int count = 1;

    @Option(names = "--every", paramLabel = "TIME", description = "time between them; default: ${DEFAULT-VALUE}")
    String every = "1m";
}
