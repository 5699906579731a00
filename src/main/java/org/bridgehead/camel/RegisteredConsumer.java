package org.bridgehead.camel;

import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** A consumer that an organisation calls, from its start or resumption to its stop or suspension. */
abstract class RegisteredConsumer extends DefaultConsumer implements Suspendable {
    private @Nullable Runnable registration;

    RegisteredConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /**
     * Makes the organisation call.
     *
     * @return what ends that
     */
    abstract Runnable register() throws Exception;

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        begin();
    }

    @Override
    protected void doResume() throws Exception {
        begin();
        super.doResume();
    }

    @Override
    protected void doSuspend() throws Exception {
        end();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        end();
        super.doStop();
    }

    /** Remembered before anything else: whatever follows may fail. */
    private void begin() throws Exception {
        registration = register();
        registered();
    }

    /** The organisation calls now. */
    void registered() throws Exception {}

    private void end() {
        if (registration != null) {
            registration.run();
            registration = null;
        }
    }
}
