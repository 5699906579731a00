package org.bridgehead.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.engine.ClockHandle;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.io.config.Notation;
import org.jspecify.annotations.Nullable;

/** The time of the organisation; where it is virtual, it moves by {@code POST /v1/clock/time/advance?by=5m}. */
final class ClockResource implements Resource {
    private static final String NAME = "time";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MailOrganization organization;

    ClockResource(MailOrganization organization) {
        this.organization = organization;
    }

    @Override
    public Object list(Call call) {
        call.allow();
        return fields();
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("now", organization.clock().now().toString());
        fields.put("virtual", organization.clock().isVirtual());
        return fields;
    }

    @Override
    public List<String> verbs() {
        return List.of("advance", "settle");
    }

    /** {@code advance}: on by {@code by}, doing what falls due; {@code settle}: until nothing is under way. */
    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) {
        if (!name.equals(NAME)) {
            throw Problem.notFound("nothing is called " + name + " here", "POST /v1/clock/time/advance?by=5m");
        }
        ClockHandle clock = organization.clock();
        if (verb.equals("advance")) {
            call.allow("by");
            Duration by = duration("by", call);
            if (!clock.isVirtual()) {
                throw Problem.conflict("this organisation runs in real time", "bridgehead run --memory --virtual-time");
            }
            synchronized (this) {
                clock.advance(by);
            }
        } else if (verb.equals("settle")) {
            call.allow();
            settle(clock);
        } else {
            throw unknown(verb);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.putAll(fields());
        return answer;
    }

    private synchronized void settle(ClockHandle clock) {
        if (clock.isVirtual()) {
            clock.runUntilIdle();
            return;
        }
        try {
            organization.awaitIdle(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server ends", "");
        }
    }

    /** A parameter such as {@code 5m} or {@code PT5M}. */
    static Duration duration(String name, Call call) {
        String text = call.parameter(name)
                .orElseThrow(() -> Problem.badRequest("how long? " + name + " is missing", name + "=5m"));
        return Notation.duration(text)
                .orElseThrow(() -> Problem.badRequest(name + "=" + text + " is no duration", "15s, 5m, 12h, 7d"));
    }
}
