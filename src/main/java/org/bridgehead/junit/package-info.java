/**
 * The test harness for JUnit 5 and later: an organisation per test, in memory, on free ports of loopback, in virtual
 * time, and assertions about mail. A wrong set-up fails the test with the words what to write instead; what a test
 * leaves running fails it too. State belongs to the test that JUnit runs; nothing is shared between tests, so they may
 * run in parallel.
 */
@NullMarked
package org.bridgehead.junit;

import org.jspecify.annotations.NullMarked;
