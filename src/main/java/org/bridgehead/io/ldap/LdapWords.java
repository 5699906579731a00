package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.util.Optional;

/** What went wrong at a domain controller, in words for operators. */
final class LdapWords {
    private LdapWords() {}

    /** One phrase: what became of the connection, or what the controller said. */
    static String of(LDAPException e, Duration timeLimit) {
        ResultCode code = e.getResultCode();
        if (code == ResultCode.CONNECT_ERROR) {
            return "no connection: " + innermost(e);
        }
        if (code == ResultCode.SERVER_DOWN) {
            return "the connection ended before the answer did";
        }
        if (code == ResultCode.TIMEOUT) {
            return "no answer within " + timeLimit.toMillis() + " ms";
        }
        String more = Optional.ofNullable(e.getDiagnosticMessage()).orElse(String.valueOf(e.getMessage()));
        return oneLine(code.getName() + (more.isBlank() ? "" : ": " + more));
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return oneLine(message == null ? cause.toString() : message);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
