package org.bridgehead.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which mailbox a parameter of type {@link org.bridgehead.engine.MailboxHandle} of a test method is. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Mailbox {
    /** One of its addresses. */
    String value();
}
