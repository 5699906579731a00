package org.bridgehead.admin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.engine.Replies;
import org.bridgehead.engine.ScriptedReply;
import org.bridgehead.engine.ServerHandle;

/** What may be done to a server for a test, as requests say it. Stateless. */
final class FaultVerbs {
    static final List<String> ALL = List.of("reply", "slow", "throttle", "fill", "free", "clear");

    private static final String POINTS = "at=connect, mail, rcpt, data, message, or another command such as ehlo";
    private static final int MOST = 1_000_000_000;

    private FaultVerbs() {}

    /** Does one of {@link #ALL}. */
    static void perform(ServerHandle server, String verb, Call call) {
        try {
            switch (verb) {
                case "reply" -> reply(server.replies(), call);
                case "slow" -> slow(server, call);
                case "throttle" -> throttle(server, call);
                case "fill" -> plain(server::fillDisk, call);
                case "free" -> plain(server::freeDisk, call);
                default -> plain(() -> clear(server), call);
            }
        } catch (UnsupportedOperationException e) {
            throw Problem.conflict(String.valueOf(e.getMessage()), "");
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()), "");
        }
    }

    private static void plain(Runnable fault, Call call) {
        call.allow();
        fault.run();
    }

    private static void slow(ServerHandle server, Call call) {
        call.allow("latency");
        Duration latency = ClockResource.duration("latency", call);
        server.slow(latency);
    }

    private static void throttle(ServerHandle server, Call call) {
        call.allow("rate");
        server.throttle(call.number("rate", 0, MOST));
    }

    /** All that was scripted or slowed is as it was. */
    private static void clear(ServerHandle server) {
        server.replies().clear();
        server.slow(Duration.ZERO);
        server.throttle(0);
        server.accept();
    }

    /** {@code at=rcpt&address=x@contoso.test&code=451&text=4.3.0 not now&times=2&after=1}, or {@code disconnect=0}. */
    static void reply(Replies replies, Call call) {
        call.allow("at", "address", "code", "text", "times", "after", "disconnect");
        boolean breaks = call.parameter("disconnect").isPresent();
        if (breaks == call.parameter("code").isPresent()) {
            throw Problem.badRequest(
                    "a code, or disconnect", "code=451&text=4.3.0%20not%20now, or disconnect=0 (octets)");
        }
        ScriptedReply reply = at(replies, call);
        if (call.parameter("times").isPresent()) {
            reply.times(call.number("times", 1, MOST));
        }
        reply.after(call.number("after", 0, MOST));
        if (breaks) {
            reply.disconnectAfter(call.number("disconnect", 0, MOST));
        } else {
            reply.with(call.number("code", 0, 599), call.parameter("text").orElse("scripted"));
        }
    }

    private static ScriptedReply at(Replies replies, Call call) {
        String point = call.parameter("at")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Problem.badRequest("where? at is missing", POINTS));
        Optional<String> address = call.parameter("address");
        if (address.isPresent() && !List.of("mail", "rcpt").contains(point)) {
            throw Problem.badRequest("an address belongs to at=mail and at=rcpt", POINTS);
        }
        return switch (point) {
            case "connect" -> replies.onConnect();
            case "mail" -> address.map(replies::onMail).orElseGet(replies::onMail);
            case "rcpt" -> address.map(replies::onRcpt).orElseGet(replies::onRcpt);
            case "data" -> replies.onData();
            case "message" -> replies.onMessage();
            default -> command(replies, point);
        };
    }

    private static ScriptedReply command(Replies replies, String verb) {
        if (!verb.matches("[a-z]{4,10}")) {
            throw Problem.badRequest("at=" + verb + " is no point of a dialogue", POINTS);
        }
        return replies.onCommand(verb);
    }
}
