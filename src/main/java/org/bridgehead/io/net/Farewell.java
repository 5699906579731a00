package org.bridgehead.io.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the peer read our last words: closing while its octets are unread would reset the connection and could take them
 * away. So what it still says is read for nothing, for a while. Belongs to the event loop.
 */
final class Farewell implements EventLoop.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final Duration SILENCE = Duration.ofMillis(Visit.FAREWELL_MILLIS);

    private final SocketChannel channel;
    private final EventLoop loop;
    private final Visit visit;
    private final Runnable end;
    private long heard;
    private boolean over;

    /**
     * All has been said.
     *
     * @param end closes the connection; called once
     */
    Farewell(SocketChannel channel, EventLoop loop, Visit visit, Runnable end) {
        this.channel = channel;
        this.loop = loop;
        this.visit = visit;
        this.end = end;
    }

    void begin(SelectionKey key) {
        if (!key.isValid()) {
            end();
            return;
        }
        try {
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
        } catch (IOException e) {
            LOG.debug("{}: {} has gone: {}", visit.name(), channel, e.toString());
            end();
            return;
        }
        listen();
        watch(0);
        loop.later(SILENCE.multipliedBy(2), this::end);
    }

    private void watch(long before) {
        loop.later(SILENCE, () -> {
            if (heard == before) {
                end();
            } else if (!over) {
                watch(heard);
            }
        });
    }

    private void listen() {
        try {
            int length = channel.read(loop.buffer());
            while (length > 0 && heard < Visit.FAREWELL_OCTETS) {
                heard += length;
                length = channel.read(loop.buffer());
            }
            if (length < 0 || heard >= Visit.FAREWELL_OCTETS) {
                end();
            }
        } catch (IOException e) {
            LOG.debug("{}: {} has gone: {}", visit.name(), channel, e.toString());
            end();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            end.run();
        }
    }

    @Override
    public void ready(SelectionKey key) {
        listen();
    }

    @Override
    public void look(long nanos) {
        // The timers of the loop see to the end.
    }

    @Override
    public void dropped() {
        end();
    }
}
