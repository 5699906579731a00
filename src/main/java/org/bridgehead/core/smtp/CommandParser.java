package org.bridgehead.core.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;

/**
 * Reads command lines (RFC 5321 section 4.1.1). Two liberties are granted because old clients need them: blanks behind
 * {@code FROM:} and {@code TO:}, and blanks at the end of a line. Immutable.
 */
final class CommandParser {
    private static final int LONGEST_HELLO = 255;

    private final ReceiveConfig config;

    CommandParser(ReceiveConfig config) {
        this.config = config;
    }

    /** Understands one line, given without CR LF. */
    Command parse(byte[] line, int length) {
        try {
            String text = decode(line, length).stripTrailing();
            int blank = text.indexOf(' ');
            String verb = (blank < 0 ? text : text.substring(0, blank)).toUpperCase(Locale.ROOT);
            return parse(verb, blank < 0 ? "" : text.substring(blank + 1).strip());
        } catch (CommandException e) {
            return e.command(false);
        }
    }

    private Command parse(String verb, String arguments) throws CommandException {
        switch (verb) {
            case "EHLO", "HELO", "LHLO":
                return hello(verb, arguments);
            case "MAIL":
                return mail(arguments);
            case "RCPT":
                return rcpt(arguments);
            case "DATA":
                return bare(arguments, new Command.Data());
            case "BDAT":
                return bdat(arguments);
            case "RSET":
                return bare(arguments, new Command.Rset());
            case "QUIT":
                return bare(arguments, new Command.Quit());
            case "STARTTLS":
                return bare(arguments, new Command.StartTls());
            case "NOOP":
                return new Command.Noop();
            case "HELP":
                return new Command.Help();
            case "VRFY":
                return new Command.Vrfy();
            case "AUTH":
                return auth(arguments);
            case "XSTATE":
                return new Command.State(arguments);
            case "EXPN":
                throw new CommandException(Reply.of(502, "5.5.1", "Groups are not disclosed"), true);
            default:
                throw new CommandException(Reply.of(500, "5.5.1", "Unknown command"), true);
        }
    }

    static String decode(byte[] line, int length) throws CommandException {
        int mask = 0;
        for (int i = 0; i < length; i++) {
            mask |= line[i];
        }
        if (mask >= 0) {
            return new String(line, 0, length, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(Reply.of(500, "5.5.2", "The command is not valid UTF-8"), true);
        }
    }

    private static Command bare(String arguments, Command command) throws CommandException {
        if (!arguments.isEmpty()) {
            throw CommandException.arguments("No arguments allowed");
        }
        return command;
    }

    private static Command hello(String verb, String name) throws CommandException {
        boolean printable = name.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (name.isEmpty() || name.length() > LONGEST_HELLO || !printable) {
            throw CommandException.arguments(verb + " takes a domain or an address literal");
        }
        return new Command.Hello(verb, name);
    }

    private Command mail(String arguments) throws CommandException {
        Path path = Path.read("FROM:", arguments);
        Optional<EmailAddress> sender = path.text().isEmpty() ? Optional.empty() : Optional.of(address(path, "5.1.7"));
        Parameters given = Parameters.read(path.rest());
        given.allow(config, "SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH");
        given.checkAuth();
        return new Command.Mail(
                sender,
                given.size(),
                given.has("BODY") ? given.body() : BodyType.SEVEN_BIT,
                given.flag("SMTPUTF8"),
                given.ret(),
                given.envid());
    }

    private Command rcpt(String arguments) throws CommandException {
        Path path = Path.read("TO:", arguments);
        Parameters given = Parameters.read(path.rest());
        given.allow(config, "NOTIFY", "ORCPT");
        return new Command.Rcpt(new Recipient(forwardPath(path), given.orcpt(), given.notifications()));
    }

    private EmailAddress forwardPath(Path path) throws CommandException {
        if (path.text().isEmpty()) {
            throw new CommandException(Reply.of(501, "5.1.3", "The null address receives nothing"), false);
        }
        return path.text().equalsIgnoreCase("Postmaster")
                ? address(new Path(path.text() + "@" + config.postmasterDomain(), ""), "5.1.3")
                : address(path, "5.1.3");
    }

    private static EmailAddress address(Path path, String status) throws CommandException {
        try {
            return EmailAddress.parse(path.text());
        } catch (AddressSyntaxException e) {
            throw new CommandException(Reply.of(501, status, "Bad address: " + e.getMessage()), false);
        }
    }

    /** Where a malformed BDAT ends nobody can tell, so it ends the connection. */
    private Command bdat(String arguments) {
        String[] words = arguments.split(" +", -1);
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        if (!words[0].matches("[0-9]{1,18}") || (words.length > 1 && !last)) {
            return new Command.Bad(Reply.of(501, "5.5.4", "BDAT takes a size and LAST"), true, true);
        }
        return new Command.Bdat(Long.parseLong(words[0]), last);
    }

    private static Command auth(String arguments) throws CommandException {
        String[] words = arguments.split(" +", -1);
        if (words[0].isEmpty() || words.length > 2) {
            throw CommandException.arguments("AUTH takes a mechanism and an initial response");
        }
        Optional<String> initial = words.length == 2 ? Optional.of(words[1]) : Optional.empty();
        return new Command.Auth(words[0].toUpperCase(Locale.ROOT), initial);
    }
}
