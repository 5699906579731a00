package org.bridgehead.core.smtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what a session wants done, and joins its replies so that one batch of input is answered by one write. */
final class Outbox {
    private byte[] text = new byte[256];
    private int length;
    private List<ReceiveAction> actions = new ArrayList<>();
    private Scribe scribe = Scribe.NONE;

    /** Who writes down what goes out from now on. */
    void tell(Scribe its) {
        scribe = its;
    }

    void reply(Reply reply) {
        scribe.said(reply);
        byte[] octets = reply.octets();
        if (length + octets.length > text.length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + octets.length));
        }
        System.arraycopy(octets, 0, text, length, octets.length);
        length += octets.length;
    }

    /** Adds an action that no reply has to precede. */
    void add(ReceiveAction action) {
        scribe.wants(action);
        actions.add(action);
    }

    /** Adds an action behind all replies given so far. */
    void addAfterReplies(ReceiveAction action) {
        flush();
        add(action);
    }

    /**
     * What has been collected.
     *
     * @param hold whether replies wait for those that follow
     */
    List<ReceiveAction> take(boolean hold) {
        if (!hold) {
            flush();
        }
        List<ReceiveAction> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }

    private void flush() {
        if (length > 0) {
            actions.add(new ReceiveAction.Send(Arrays.copyOf(text, length)));
            length = 0;
        }
    }
}
