package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Skew;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;

/** Writes scenarios as files that {@link ScenarioFile} reads back; expectations are left out. Stateless. */
public final class ScenarioWriter {
    private ScenarioWriter() {}

    /**
     * The whole file.
     *
     * @param heading lines of a comment at its top
     */
    public static String text(Scenario scenario, List<String> heading) {
        StringBuilder out = new StringBuilder();
        heading.forEach(line ->
                out.append("# ").append(line.replaceAll("\\p{Cntrl}", " ")).append('\n'));
        out.append("\nscenario: 1\nname: ").append(YamlScalar.of(scenario.name()));
        out.append("\ntopology: ").append(YamlScalar.of(scenario.topology()));
        out.append("\nstart: ").append(scenario.start()).append('\n');
        scenario.conditions()
                .ifPresent(conditions -> out.append("conditions: ")
                        .append(flow(conditions(conditions)))
                        .append('\n'));
        out.append("\nscenes:\n");
        scenario.scenes().forEach(scene -> scene(scene, out));
        return out.toString();
    }

    private static Map<String, Object> conditions(Conditions conditions) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("seed", conditions.seed());
        map.put("latency", Quantity.duration(conditions.latency()));
        map.put("disk", Quantity.duration(conditions.disk()));
        map.put("directory", Quantity.duration(conditions.directory()));
        map.put("room", conditions.room());
        map.put("lossPerMille", conditions.lossPerMille());
        return map;
    }

    private static void scene(Scene scene, StringBuilder out) {
        out.append("  - title: ").append(YamlScalar.of(scene.title())).append("\n    steps:");
        out.append(scene.steps().isEmpty() ? " []\n" : "\n");
        for (Step step : scene.steps()) {
            out.append("      - ").append(step(step)).append('\n');
        }
    }

    private static String step(Step step) {
        if (step instanceof Advance advance) {
            return "advance: " + Quantity.duration(advance.time());
        }
        if (step instanceof Perform perform) {
            return "perform: " + perform.effects();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        String key = step(step, map);
        return key + ": " + flow(map);
    }

    /** The key of a step; its values go into {@code map}. */
    private static String step(Step step, Map<String, Object> map) {
        if (step instanceof Send send) {
            return send(send, map);
        }
        if (step instanceof Fault fault) {
            return fault(fault, map);
        }
        if (step instanceof Trouble trouble) {
            return trouble(trouble, map);
        }
        if (step instanceof Slow slow) {
            map.put("server", slow.server());
            map.put("delay", Quantity.duration(slow.delay()));
            return "slowDisk";
        }
        if (step instanceof Lag lag) {
            map.put("at", lag.at());
            map.put("delay", Quantity.duration(lag.delay()));
            return "slow";
        }
        if (step instanceof Poisoned poison) {
            map.put("server", poison.server());
            map.put("times", poison.times());
            return "poison";
        }
        if (step instanceof Press press) {
            map.put("server", press.server());
            map.put("level", press.level().name().toLowerCase(Locale.ROOT));
            return "press";
        }
        if (step instanceof Skew skew) {
            boolean behind = skew.ahead().isNegative();
            map.put("server", skew.server());
            map.put(behind ? "behind" : "ahead", Quantity.duration(skew.ahead().abs()));
            return "setClock";
        }
        if (step instanceof Membership membership) {
            map.put("group", membership.group().toString());
            map.put("member", membership.member().toString());
            return membership.joins() ? "join" : "leave";
        }
        if (step instanceof Change change) {
            map.put("set", change.edits());
            return "change";
        }
        return operate((Operate) step, map);
    }

    private static String send(Send send, Map<String, Object> map) {
        send.from().ifPresent(from -> map.put("from", from.toString()));
        map.put("to", send.to().stream().map(EmailAddress::toString).toList());
        map.put("via", send.via());
        if (send.anonymous()) {
            map.put("anonymous", true);
        }
        map.put("subject", send.subject());
        if (!send.text().isEmpty()) {
            map.put("text", send.text());
        }
        if (send.size() > 0) {
            map.put("size", send.size());
        }
        map.put("count", send.count());
        if (send.priority() != Priority.NORMAL) {
            map.put("importance", send.priority().keyword());
        }
        send.mail().ifPresent(mail -> map.put("mail", mail));
        return "send";
    }

    private static String fault(Fault fault, Map<String, Object> map) {
        boolean server = fault.item().kind().equals(Item.SERVER);
        map.put(server ? "server" : fault.item().kind(), fault.item().name());
        if (fault.afterMessages() > 0) {
            map.put("after", fault.afterMessages());
        }
        if (fault.action() == Fault.Action.LOSE) {
            map.put("logs", fault.logs());
        }
        return fault.action().keyword();
    }

    private static String trouble(Trouble trouble, Map<String, Object> map) {
        Mishap mishap = trouble.mishap();
        String key = "refuse";
        map.put("at", trouble.at());
        if (mishap instanceof Mishap.RefuseConnection refuse) {
            refusal(map, "connection", refuse.status(), refuse.reply());
        } else if (mishap instanceof Mishap.Defer defer) {
            refusal(map, "message", defer.status(), defer.reply());
        } else if (mishap instanceof Mishap.Bounce bounce) {
            refusal(map, "message", bounce.status(), bounce.reply());
        } else {
            key = "lose";
            map.put("what", mishap instanceof Mishap.LoseReply ? "reply" : "message");
        }
        map.put("times", trouble.times());
        return key;
    }

    private static void refusal(Map<String, Object> map, String what, EnhancedStatus status, String text) {
        map.put("what", what);
        map.put("status", status.toString());
        map.put("text", text);
    }

    private static String operate(Operate operate, Map<String, Object> map) {
        map.put("server", operate.server());
        if (operate.operation() instanceof Operation.RetryQueue retry) {
            map.put("queue", retry.queue());
            return "retry";
        }
        if (operate.operation() instanceof Operation.SuspendQueue suspend) {
            map.put("queue", suspend.queue());
            return "suspend";
        }
        if (operate.operation() instanceof Operation.ResumeQueue resume) {
            map.put("queue", resume.queue());
            return "resume";
        }
        throw new IllegalArgumentException("no step of a scenario: " + operate);
    }

    private static String flow(Map<String, Object> map) {
        List<String> parts = new ArrayList<>();
        map.forEach((key, value) -> parts.add(key + ": " + value(value)));
        return parts.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ScenarioWriter::value).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? YamlScalar.of(text) : value.toString();
    }
}
