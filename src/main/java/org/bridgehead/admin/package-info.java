/**
 * The face for operators: an HTTP server over a running organisation and the client that the command line uses. JSON in
 * both directions; what cannot be done is a {@link org.bridgehead.admin.Problem} with the words of who can mend it, and
 * a status: 4xx the caller, 5xx the organisation. Decides nothing about mail. Requests run in a few threads of the
 * engine's; all types are safe for any thread.
 */
@NullMarked
package org.bridgehead.admin;

import org.jspecify.annotations.NullMarked;
