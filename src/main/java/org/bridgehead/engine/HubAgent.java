package org.bridgehead.engine;

import java.time.Duration;
import org.bridgehead.core.hub.AgentVerdict;
import org.bridgehead.core.hub.Stage;
import org.bridgehead.core.hub.Transmission;

/**
 * Judges messages on their way through the categorizer of every hub that runs here ({@link MailOrganization#agent}).
 * Called by several threads at once; may block. Asked again about the same message after a crash, so it should say the
 * same again.
 */
public interface HubAgent {
    /**
     * A message, or at later stages one copy of it.
     *
     * @param hub that asks
     * @param copy envelope with the recipients that are open, and facts
     * @param body its octets
     */
    record Case(String hub, Stage stage, Transmission copy, ConnectorDriver.Octets body) {}

    /**
     * Says what becomes of a message.
     *
     * @throws Exception when it cannot tell: {@link Terms#onFailure} counts
     */
    AgentVerdict judge(Case message) throws Exception;

    /** What counts when an agent fails, or does not answer in time. */
    enum OnFailure {
        /** The message waits and the agent is asked again, until it expires; later stages than the first refuse it. */
        DEFER,
        /** The message goes on as if nobody had been asked. */
        CONTINUE,
        /** The message is refused. */
        REJECT
    }

    /**
     * How long an agent may take, and what counts otherwise.
     *
     * @param limit of real time; a late answer is not heard
     */
    record Terms(Duration limit, OnFailure onFailure) {
        /** Checks the limit. */
        public Terms {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("an agent needs time: " + limit);
            }
        }
    }
}
