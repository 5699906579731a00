package org.bridgehead.core.mail;

/**
 * Why a recipient does not get a message.
 *
 * @param status kind 5
 * @param reason one line
 */
public record Rejection(EnhancedStatus status, String reason) {}
