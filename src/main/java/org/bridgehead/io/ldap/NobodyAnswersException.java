package org.bridgehead.io.ldap;

/** No domain controller gave a whole answer; the message says what each one did. */
final class NobodyAnswersException extends Exception {
    private static final long serialVersionUID = 1L;

    NobodyAnswersException(String message) {
        super(message);
    }
}
