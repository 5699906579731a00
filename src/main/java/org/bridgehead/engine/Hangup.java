package org.bridgehead.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;

/**
 * Lets a program do something when it gets SIGHUP, instead of ending. Where the platform knows no such signal, nothing
 * ever happens. Reached by reflection: the class behind it is there on every JDK, but not for everybody to name.
 */
public final class Hangup implements AutoCloseable {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final Runnable end;

    private Hangup(Runnable end) {
        this.end = end;
    }

    /** From now on {@code action} runs with each SIGHUP, in a thread of the platform's; what it throws is lost. */
    public static Hangup listen(Runnable action) {
        try {
            Class<?> handler = Class.forName(HANDLER);
            Object ours = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.getName().equals("equals")
                                    ? (Object) (proxy == Objects.requireNonNull(arguments)[0])
                                    : method.getName().equals("hashCode") ? (Object) 1 : "hangup";
                        }
                        action.run();
                        return null;
                    });
            Object before = handle(ours);
            return new Hangup(() -> quietly(before));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return new Hangup(() -> {});
        }
    }

    private static Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName(SIGNAL);
        Object hangup = signal.getConstructor(String.class).newInstance("HUP");
        try {
            return signal.getMethod("handle", signal, Class.forName(HANDLER)).invoke(null, hangup, handler);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("this platform keeps the signal for itself", e);
        }
    }

    private static void quietly(Object before) {
        try {
            handle(before);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException("what could be set can be set back", e);
        }
    }

    /** From now on SIGHUP does what it did before. */
    @Override
    public void close() {
        end.run();
    }
}
