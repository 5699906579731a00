package org.bridgehead.cli.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a play came to.
 *
 * @param sent letters taken at a door
 * @param refused letters refused there, as predicted or not
 * @param delivered copies in mailboxes
 * @param lost copies that were predicted and did not arrive
 * @param twice copies beyond the first in one mailbox
 * @param damaged copies whose octets behind the prepended fields are not those sent
 * @param readBack letters read over IMAP
 * @param readBackDamaged of these, those that are not what was sent
 * @param points statements predicted
 * @param right of these, those that came true
 * @param expectations of the scenario file
 * @param met of these, those that hold
 * @param time real time it took
 */
public record Verdict(
        int sent,
        int refused,
        int delivered,
        int lost,
        int twice,
        int damaged,
        int readBack,
        int readBackDamaged,
        int points,
        int right,
        int expectations,
        int met,
        Duration time) {
    /** Whether everything is as it should be. */
    public boolean good() {
        return lost == 0
                && twice == 0
                && damaged == 0
                && readBackDamaged == 0
                && right == points
                && met == expectations;
    }

    /** For programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("good", good());
        fields.put("sent", sent);
        fields.put("refused", refused);
        fields.put("delivered", delivered);
        fields.put("lost", lost);
        fields.put("twice", twice);
        fields.put("damaged", damaged);
        fields.put("readOverImap", readBack);
        fields.put("readOverImapDamaged", readBackDamaged);
        fields.put("predicted", points);
        fields.put("happened", right);
        fields.put("expectations", expectations);
        fields.put("met", met);
        fields.put("seconds", time.toMillis() / 1000.0);
        return fields;
    }
}
