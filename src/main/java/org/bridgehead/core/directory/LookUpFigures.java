package org.bridgehead.core.directory;

/**
 * What look-ups at domain controllers came to so far.
 *
 * @param questions addresses, names and pages of groups that were asked for
 * @param cached of these answered from memory
 * @param requests tries at a domain controller
 * @param failures of these that failed
 * @param unavailable questions that nobody could answer
 */
public record LookUpFigures(long questions, long cached, long requests, long failures, long unavailable) {}
