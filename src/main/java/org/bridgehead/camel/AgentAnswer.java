package org.bridgehead.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;
import org.bridgehead.core.hub.AgentVerdict;
import org.bridgehead.core.hub.Stage;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.topology.TransportRule;

/**
 * What a finished exchange of an agent says. A header of {@link BridgeheadConstants} for each thing to do with the
 * message: refuse it, drop it, send it to others, instead or too, set fields of its header, add a text. A
 * {@link MailRefusedException} refuses it, too, or has it wait when it speaks of the moment (4.y.z).
 */
final class AgentAnswer {
    private static final Pattern FIELD = Pattern.compile("[!-9;-~]{1,100}");
    private static final Pattern VALUE = Pattern.compile("\\P{Cntrl}{1,255}");

    private final Message message;
    private final Stage stage;
    private final List<TransportRule> rules = new ArrayList<>();

    private AgentAnswer(Message message, Stage stage) {
        this.message = message;
        this.stage = stage;
    }

    /**
     * The verdict.
     *
     * @throws Exception when the route failed
     */
    static AgentVerdict of(Exchange exchange, Stage stage) throws Exception {
        Exception trouble = exchange.getException();
        if (trouble != null) {
            MailRefusedException refusal = ObjectHelper.getException(MailRefusedException.class, trouble);
            RecipientOutcome said = refusal == null ? null : refusal.forAll().orElse(null);
            if (said instanceof RecipientOutcome.Bounced no) {
                return new AgentVerdict.Reject(no.status(), no.reply());
            }
            if (said instanceof RecipientOutcome.Deferred later) {
                return new AgentVerdict.Later(later.status() + " " + later.reply());
            }
            throw trouble;
        }
        return new AgentAnswer(exchange.getMessage(), stage).verdict();
    }

    private AgentVerdict verdict() {
        String refusal = message.getHeader(BridgeheadConstants.REJECT, String.class);
        if (refusal != null) {
            return reject(refusal.strip());
        }
        if (Boolean.TRUE.equals(message.getHeader(BridgeheadConstants.DROP, Boolean.class))) {
            return new AgentVerdict.Drop();
        }
        ExchangeMail.addresses(message, BridgeheadConstants.ADD)
                .forEach(address -> rule(new TransportRule.AddRecipient(address)));
        ExchangeMail.addresses(message, BridgeheadConstants.REDIRECT)
                .forEach(address -> rule(new TransportRule.Redirect(address)));
        Object fields = message.getHeader(BridgeheadConstants.SET_FIELDS);
        if (fields instanceof Map<?, ?> map) {
            rule(new TransportRule.SetHeader(map.entrySet().stream()
                    .map(field -> field(String.valueOf(field.getKey()), String.valueOf(field.getValue())))
                    .toList()));
        }
        Optional.ofNullable(message.getHeader(BridgeheadConstants.DISCLAIMER, String.class))
                .ifPresent(text -> rule(new TransportRule.Disclaimer(text)));
        return answer();
    }

    /** What a route made of a mail's own words must not become fields of its choice. */
    private static HeaderField field(String name, String value) {
        if (!FIELD.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("header " + BridgeheadConstants.SET_FIELDS + ": \"" + name
                    + "\" is no name of a field, or its value is not one line of at most 255 characters");
        }
        return new HeaderField(name, value);
    }

    private AgentVerdict answer() {
        if (rules.isEmpty()) {
            return new AgentVerdict.Continue();
        }
        return new AgentVerdict.Apply(rules);
    }

    private static AgentVerdict reject(String words) {
        String[] parts = words.split(" ", 2);
        EnhancedStatus status = EnhancedStatus.tryParse(parts[0])
                .filter(code -> code.kind() == 5)
                .orElseThrow(() -> new IllegalArgumentException("header " + BridgeheadConstants.REJECT + ": \"" + words
                        + "\" does not begin with a status such as 5.7.1"));
        return new AgentVerdict.Reject(status, parts.length == 2 ? parts[1] : "refused");
    }

    /** The name is the same at each time of asking, so that nothing is added twice. */
    private void rule(TransportRule.Action action) {
        String name = "agent-" + AgentConsumer.event(stage) + "-" + (rules.size() + 1);
        rules.add(new TransportRule(name, TransportRule.Conditions.NONE, TransportRule.Conditions.NONE, action));
    }
}
