package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.Xtext;

/** The parameters of one MAIL or RCPT, RFC 5321 section 4.1.2, and those of the extensions we offer. */
final class Parameters {
    private static final String NO_VALUE = "";
    /** RFC 3461 section 4.4 and 4.2. */
    private static final int LONGEST_ENVID = 100;

    private static final int LONGEST_ORCPT = 500;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    static Parameters read(String text) throws CommandException {
        Map<String, String> values = new TreeMap<>();
        if (text.isEmpty()) {
            return new Parameters(values);
        }
        for (String word : text.split(" +", -1)) {
            int equals = word.indexOf('=');
            String key = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? NO_VALUE : word.substring(equals + 1);
            boolean sound = key.matches("[A-Z0-9][A-Z0-9-]*") && (equals < 0 || !value.isEmpty());
            if (!sound || value.chars().anyMatch(c -> c <= 0x20 || c == 0x7F)) {
                throw CommandException.arguments("Malformed parameter");
            }
            if (values.put(key, value) != null) {
                throw CommandException.arguments("Parameter " + key + " given twice");
            }
        }
        return new Parameters(values);
    }

    /** Refuses every parameter but these, and these when their extension is not offered. */
    void allow(ReceiveConfig config, String... known) throws CommandException {
        for (String key : values.keySet()) {
            if (!List.of(known).contains(key) || !offered(config, key)) {
                throw new CommandException(Reply.of(555, "5.5.4", "Parameter " + key + " not supported"), true);
            }
        }
    }

    private static boolean offered(ReceiveConfig config, String key) {
        switch (key) {
            case "SIZE":
                return config.offers(Extension.SIZE);
            case "BODY":
                return config.offers(Extension.EIGHT_BIT_MIME);
            case "SMTPUTF8":
                return config.offers(Extension.SMTPUTF8);
            case "AUTH":
                return config.users() || config.servers();
            default:
                return config.offers(Extension.DSN);
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    boolean flag(String key) throws CommandException {
        if (!values.getOrDefault(key, "").isEmpty()) {
            throw CommandException.arguments(key + " takes no value");
        }
        return has(key);
    }

    /** 0 = not given; more digits than a number holds are the greatest number. */
    long size() throws CommandException {
        String text = values.getOrDefault("SIZE", "0");
        if (!text.matches("[0-9]{1,20}")) {
            throw CommandException.arguments("SIZE takes a number of octets");
        }
        return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    BodyType body() throws CommandException {
        switch (upper("BODY")) {
            case "7BIT":
                return BodyType.SEVEN_BIT;
            case "8BITMIME":
                return BodyType.EIGHT_BIT_MIME;
            default:
                throw CommandException.arguments("BODY takes 7BIT or 8BITMIME");
        }
    }

    Optional<DsnReturn> ret() throws CommandException {
        if (!has("RET")) {
            return Optional.empty();
        }
        switch (upper("RET")) {
            case "FULL":
                return Optional.of(DsnReturn.FULL);
            case "HDRS":
                return Optional.of(DsnReturn.HDRS);
            default:
                throw CommandException.arguments("RET takes FULL or HDRS");
        }
    }

    Optional<String> envid() throws CommandException {
        Optional<String> envid = Optional.ofNullable(values.get("ENVID"));
        if (envid.isPresent() && !isXtext(envid.get(), LONGEST_ENVID)) {
            throw CommandException.arguments("ENVID takes xtext of at most " + LONGEST_ENVID);
        }
        return envid;
    }

    /** RFC 4954 section 5. What it says is not used: servers of the organisation tell it by XSTATE. */
    void checkAuth() throws CommandException {
        String auth = values.getOrDefault("AUTH", "<>");
        if (!auth.equals("<>") && !isXtext(auth, LONGEST_ORCPT)) {
            throw CommandException.arguments("AUTH takes xtext or <>");
        }
    }

    Optional<String> orcpt() throws CommandException {
        String text = values.get("ORCPT");
        if (text == null) {
            return Optional.empty();
        }
        int semicolon = text.indexOf(';');
        String type = semicolon < 0 ? "" : text.substring(0, semicolon).toLowerCase(Locale.ROOT);
        String address = text.substring(semicolon + 1);
        // RFC 6533 section 3: an address of type utf-8 may also be written as it is.
        boolean sound = type.equals("utf-8") ? octets(address) <= LONGEST_ORCPT : isXtext(address, LONGEST_ORCPT);
        if (!type.matches("[a-z0-9-]+") || address.isEmpty() || !sound) {
            throw CommandException.arguments("ORCPT takes type;xtext");
        }
        return Optional.of(text);
    }

    List<DsnCondition> notifications() throws CommandException {
        List<DsnCondition> conditions = new ArrayList<>();
        if (!has("NOTIFY")) {
            return conditions;
        }
        for (String word : upper("NOTIFY").split(",", -1)) {
            DsnCondition condition = condition(word);
            if (conditions.contains(condition)) {
                throw CommandException.arguments("NOTIFY names " + condition + " twice");
            }
            conditions.add(condition);
        }
        if (conditions.contains(DsnCondition.NEVER) && conditions.size() > 1) {
            throw CommandException.arguments("NOTIFY=NEVER stands alone");
        }
        return conditions;
    }

    private static DsnCondition condition(String word) throws CommandException {
        for (DsnCondition condition : DsnCondition.values()) {
            if (condition.name().equals(word)) {
                return condition;
            }
        }
        throw CommandException.arguments("NOTIFY takes NEVER, or SUCCESS, FAILURE, DELAY");
    }

    private String upper(String key) {
        return values.getOrDefault(key, NO_VALUE).toUpperCase(Locale.ROOT);
    }

    private static boolean isXtext(String text, int longest) {
        return !text.isEmpty()
                && Xtext.decode(text).filter(t -> octets(t) <= longest).isPresent();
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
