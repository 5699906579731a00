package org.bridgehead.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which server a parameter of type {@link org.bridgehead.engine.ServerHandle} of a test method is. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Server {
    /** Its name in the topology, letter case aside. */
    String value();
}
