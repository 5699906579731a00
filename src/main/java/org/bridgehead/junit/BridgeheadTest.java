package org.bridgehead.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method of a class a mail organisation of its own: every server of the topology, in memory, on free
 * ports of loopback, in virtual time that begins at {@link #start} and moves only when the test says so.
 *
 * <p>Test, {@code @BeforeEach} and {@code @AfterEach} methods take as parameters what they need: {@link
 * org.bridgehead.engine.MailOrganization}, {@link org.bridgehead.engine.ClockHandle}, {@link
 * org.bridgehead.engine.TrackingLog}, {@code @Server("NAME")} {@link org.bridgehead.engine.ServerHandle}, and {@code
 * @Mailbox("ADDRESS")} {@link org.bridgehead.engine.MailboxHandle}. Nested classes use the annotation of the class around them unless they have their own.
 *
 * <p>After the test its organisation is closed. The test fails when threads are left, when a server had stopped by a
 * bug, or when mail is still waiting that nothing keeps from going: mail that waits while a server is stopped or a link
 * or site is cut is what such a test is about. The failure says what was left, and never hides a failure of the test
 * itself. For options beyond these use {@link BridgeheadExtension}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BridgeheadExtension.class)
public @interface BridgeheadTest {
    /** The topology: a file relative to the working directory, or {@code classpath:} and the name of a resource. */
    String value() default "";

    /** The topology itself, instead of {@link #value}. */
    String yaml() default "";

    /** How long an organisation lives. */
    Scope scope() default Scope.METHOD;

    /** Real time instead of virtual time: retries come when they come. */
    boolean realTime() default false;

    /** When virtual time begins, in ISO-8601. */
    String start() default "2026-01-05T08:00:00Z";

    /** Whether mail may be left waiting though nothing keeps it from going. */
    boolean allowUnsettled() default false;

    /** The life of an organisation. */
    enum Scope {
        /** Each test method has its own. */
        METHOD,
        /** The test methods of a class share one, which is checked when the last of them is over. */
        CLASS
    }
}
