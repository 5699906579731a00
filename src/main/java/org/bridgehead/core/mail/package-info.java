/**
 * What is sent: addresses, envelopes, identifiers, status codes and delivery reports. Pure values; nothing here
 * knows about servers, routes or files. Invalid arguments throw {@link IllegalArgumentException} (or the checked
 * {@link org.bridgehead.core.mail.AddressSyntaxException} where the text comes from outside). Safe for any thread.
 */
@NullMarked
package org.bridgehead.core.mail;

import org.jspecify.annotations.NullMarked;
