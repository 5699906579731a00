package org.bridgehead.core.scenario;

import org.bridgehead.core.mail.EmailAddress;

/**
 * Somebody joins or leaves a group while mail flows, perhaps while the group is being expanded.
 *
 * @param group any of its addresses
 * @param member any address of whom it is about
 * @param joins false = leaves
 */
public record Membership(EmailAddress group, EmailAddress member, boolean joins) implements Step {}
