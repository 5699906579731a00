package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import org.bridgehead.io.ldap.forest.AdLocation.Security;

/** What a refusal of a directory server means, and what to do about it. Stateless. */
final class ServerTrouble {
    private static final List<ResultCode> WHO = List.of(
            ResultCode.OPERATIONS_ERROR,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.AUTHORIZATION_DENIED);

    private static final List<ResultCode> PROTECTION =
            List.of(ResultCode.STRONG_AUTH_REQUIRED, ResultCode.CONFIDENTIALITY_REQUIRED);

    private static final List<ResultCode> CUT_SHORT =
            List.of(ResultCode.SIZE_LIMIT_EXCEEDED, ResultCode.TIME_LIMIT_EXCEEDED, ResultCode.ADMIN_LIMIT_EXCEEDED);

    private static final List<ResultCode> NOT_NOW = List.of(ResultCode.BUSY, ResultCode.UNAVAILABLE);

    private ServerTrouble() {}

    /** One line. */
    static String words(LDAPException e, AdLocation location) {
        ResultCode code = e.getResultCode();
        String said = code.getName() + said(e);
        if (location.login().isEmpty() && WHO.contains(code)) {
            return "it does not let strangers read (" + said + "); log in with --bind-dn and --password-file";
        }
        if (PROTECTION.contains(code)) {
            return "it wants a protected connection (" + said + "); use ldaps:// or --start-tls";
        }
        if (code.equals(ResultCode.INVALID_CREDENTIALS)) {
            return "it does not take this name and password (" + said + ")";
        }
        if (CUT_SHORT.contains(code)) {
            return "it stopped before the end (" + said + "), so nothing is imported; raise its limits";
        }
        if (NOT_NOW.contains(code)) {
            return "it has no time (" + said + "), so nothing is imported; try again later";
        }
        if (code.equals(ResultCode.REFERRAL)) {
            return "it refers to another server (" + said + "), which is not asked; name that one";
        }
        if (code.equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)) {
            return "it cannot answer in pages (" + said + "), so the answer might be cut short; export LDIF there";
        }
        return hinted(said, location);
    }

    private static String said(LDAPException e) {
        String text = e.getMessage() == null
                ? ""
                : e.getMessage().replaceAll("\\s+", " ").strip();
        return text.isEmpty() ? "" : ": " + (text.length() > 300 ? text.substring(0, 300) + "…" : text);
    }

    private static String hinted(String said, AdLocation location) {
        boolean certificate = said.contains("PKIX") || said.contains("certificate") || said.contains("CertPath");
        return certificate && location.security() != Security.NONE
                ? "its certificate is not trusted (" + said
                        + "); give the authority's with --ca-file, and the host name" + " that the certificate has"
                : said;
    }
}
