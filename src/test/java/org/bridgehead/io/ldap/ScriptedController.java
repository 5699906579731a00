package org.bridgehead.io.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryRequestHandler;
import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;

/**
 * A domain controller on a free port of loopback: answers from memory, unless a script says something else for a search.
 * It remembers what it was asked.
 */
public final class ScriptedController implements AutoCloseable {
    /** One search and the means to answer it. */
    public record Asked(
            LDAPListenerClientConnection connection, int id, SearchRequestProtocolOp request, List<Control> controls) {
        /** Whether one entry is read by its name. */
        public boolean isRead() {
            return request.getScope() == SearchScope.BASE;
        }

        /** The end of an answer. */
        public LDAPMessage done(ResultCode code, Control... with) {
            return new LDAPMessage(
                    id, new SearchResultDoneProtocolOp(code.intValue(), null, "scripted", List.of()), with);
        }
    }

    /** What is said to a search in place of what memory says. */
    public interface Script {
        /** The end of the answer; empty = as memory says. */
        Optional<LDAPMessage> answer(Asked asked) throws LDAPException, IOException;
    }

    private static final Script HONEST = asked -> Optional.empty();

    private final InMemoryRequestHandler memory;
    private final LDAPListener listener;
    private final List<SearchRequestProtocolOp> searches = new CopyOnWriteArrayList<>();
    private final List<String> binds = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Script script = HONEST;

    /** A controller that answers in clear. */
    public ScriptedController(String baseDn, List<Entry> entries) throws Exception {
        this(memory(baseDn, entries), ServerSocketFactory.getDefault(), handler -> handler);
    }

    /** One behind other sockets, or with a handler in front of it, as StartTLS needs it. */
    ScriptedController(
            InMemoryRequestHandler memory, ServerSocketFactory sockets, UnaryOperator<LDAPListenerRequestHandler> front)
            throws Exception {
        this.memory = memory;
        LDAPListenerConfig door = new LDAPListenerConfig(0, front.apply(new Handler(Optional.empty(), memory)));
        door.setListenAddress(InetAddress.getByName("127.0.0.1"));
        door.setServerSocketFactory(sockets);
        listener = new LDAPListener(door);
        listener.startListening();
    }

    /** What several controllers know. */
    static InMemoryRequestHandler memory(String baseDn, List<Entry> entries) throws LDAPException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(baseDn);
        config.setSchema(null);
        InMemoryRequestHandler memory = new InMemoryRequestHandler(config);
        for (Entry entry : entries) {
            memory.add(new AddRequest(entry));
        }
        return memory;
    }

    /** Where it answers. */
    public String url() {
        return "ldap://127.0.0.1:" + listener.getListenPort();
    }

    int port() {
        return listener.getListenPort();
    }

    /** From now on. */
    public void script(Script other) {
        script = other;
    }

    /** Answers as memory has it. */
    public void honest() {
        script = HONEST;
    }

    /** The searches so far. */
    public List<SearchRequestProtocolOp> searches() {
        return List.copyOf(searches);
    }

    /** Searches below a base so far: those that are no reading of one entry. */
    public long lookUps() {
        return searches.stream()
                .filter(search -> search.getScope() != SearchScope.BASE)
                .count();
    }

    /** As whom it was asked. */
    public List<String> binds() {
        return List.copyOf(binds);
    }

    /** What memory holds. */
    public InMemoryRequestHandler memory() {
        return memory;
    }

    /** Waits until this controller is closed. */
    void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts all connections and takes no further ones. */
    @Override
    public void close() {
        end.countDown();
        listener.shutDown(true);
    }

    private final class Handler extends LDAPListenerRequestHandler {
        private final Optional<LDAPListenerClientConnection> connection;
        private final InMemoryRequestHandler memory;

        Handler(Optional<LDAPListenerClientConnection> connection, InMemoryRequestHandler memory) {
            this.connection = connection;
            this.memory = memory;
        }

        @Override
        public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection with) throws LDAPException {
            return new Handler(Optional.of(with), memory.newInstance(with));
        }

        @Override
        public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
            searches.add(request);
            Asked asked = new Asked(connection.orElseThrow(), id, request, controls);
            try {
                return script.answer(asked).orElseGet(() -> memory.processSearchRequest(id, request, controls));
            } catch (LDAPException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
            binds.add(request.getBindDN());
            return memory.processBindRequest(id, request, controls);
        }

        @Override
        public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
            return memory.processExtendedRequest(id, request, controls);
        }

        @Override
        public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException("look-ups only");
        }

        @Override
        public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException("look-ups only");
        }

        @Override
        public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException("look-ups only");
        }

        @Override
        public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException("look-ups only");
        }

        @Override
        public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
            throw new UnsupportedOperationException("look-ups only");
        }
    }
}
