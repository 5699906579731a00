package org.bridgehead.junit;

import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.MessageHandle;
import org.bridgehead.engine.NodeHandle;
import org.bridgehead.engine.ReceivedMail;
import org.bridgehead.engine.TrackingLog;

/** Where assertions about mail begin, and the words that faults need; stands beside {@code Assertions.assertThat} of AssertJ. */
public final class MailAssertions {
    private MailAssertions() {}

    /** About what a mailbox, here or on the built-in Internet, got. */
    public static MailboxAssert assertThat(MailboxHandle mailbox) {
        return new MailboxAssert(mailbox);
    }

    /** About one message that arrived. */
    public static ReceivedMailAssert assertThat(ReceivedMail mail) {
        return new ReceivedMailAssert(mail);
    }

    /** About one message, wherever it is. */
    public static MessageAssert assertThat(MessageHandle message) {
        return new MessageAssert(message);
    }

    /** So many logs, for {@code org.node("BER-MBX1A").lose(logs(3))}. */
    public static NodeHandle.Unshipped logs(int count) {
        return NodeHandle.logs(count);
    }

    /** About what happened on the way. */
    public static TrackingAssert assertThat(TrackingLog tracking) {
        return new TrackingAssert(tracking);
    }
}
