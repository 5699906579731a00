package org.bridgehead.core.scenario;

/** What is done next. Only {@link Advance} and the end of a scene wait for what is under way. */
public sealed interface Step
        permits Send, Fault, Trouble, Slow, Lag, Press, Poisoned, Skew, Change, Membership, Operate, Perform, Advance {}
