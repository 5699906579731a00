package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one domain controller: so many at a time, kept open between uses. Whether one still works shows when
 * it is used: one that broke while nobody used it is replaced without a word. The pools of the library look after idle
 * connections in a thread of their own; here only the engine makes threads. Safe for any thread.
 */
final class ControllerPool implements AutoCloseable {
    /** What is done with a connection. */
    interface Use<T> {
        /** Does it; another result than success is thrown. */
        T of(LDAPConnection connection) throws LDAPException;
    }

    private final LDAPURL address;
    private final LdapConnector connector;
    private final Duration patience;
    private final Semaphore room;
    private final ConcurrentLinkedDeque<LDAPConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ControllerPool(LDAPURL address, LdapConnector connector, int connections, Duration patience) {
        this.address = address;
        this.connector = connector;
        this.patience = patience;
        this.room = new Semaphore(connections);
    }

    /** Uses a connection; it goes back unless it is broken. */
    <T> T use(Use<T> use) throws LDAPException {
        enter();
        try {
            LDAPConnection kept = idle.pollFirst();
            if (kept != null) {
                try {
                    return with(kept, use);
                } catch (LDAPException e) {
                    if (e.getResultCode() != ResultCode.SERVER_DOWN) {
                        throw e;
                    }
                }
            }
            return with(connector.open(address), use);
        } finally {
            room.release();
        }
    }

    /**
     * As {@link #use}, with a connection that somebody keeps for himself, or a new one, and that stays his whatever comes
     * of it.
     */
    <T> T useOwn(LDAPConnection own, Use<T> use) throws LDAPException {
        enter();
        try {
            return use.of(own);
        } finally {
            room.release();
        }
    }

    /** A connection for somebody who keeps it, and closes it or hands it to {@link #giveBack}. */
    LDAPConnection takeOwn() throws LDAPException {
        LDAPConnection kept = idle.pollFirst();
        return kept != null && kept.isConnected() ? kept : connector.open(address);
    }

    private void enter() throws LDAPException {
        try {
            if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LDAPException(ResultCode.LOCAL_ERROR, "all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted", e);
        }
    }

    private <T> T with(LDAPConnection connection, Use<T> use) throws LDAPException {
        boolean whole = false;
        try {
            T result = use.of(connection);
            whole = true;
            return result;
        } catch (LDAPException e) {
            whole = isWhole(e.getResultCode());
            throw e;
        } finally {
            if (whole) {
                giveBack(connection);
            } else {
                connection.closeWithoutUnbind();
            }
        }
    }

    /** After a result that the library made up itself nobody knows what may still come. */
    private static boolean isWhole(ResultCode code) {
        return code.isConnectionUsable() && !code.isClientSideResultCode();
    }

    /** Others may use it now. */
    void giveBack(LDAPConnection connection) {
        idle.addFirst(connection);
        if (closed) {
            close();
        }
    }

    /** Whether a password is somebody's. */
    boolean proves(String dn, String password) throws LDAPException {
        return connector.proves(address, dn, password);
    }

    /** Closes what is not in use, and the rest when it comes back. */
    @Override
    public void close() {
        closed = true;
        for (LDAPConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
