/**
 * Accepted mail on stable storage: the {@link org.bridgehead.io.spool.Spool} port, the store on RocksDB and the one in
 * memory. It keeps facts and decides nothing. Failure policy: what cannot be written or read is an
 * {@link java.io.IOException} (answer 4yz, try again later); after a failed write or sync the store is closed and
 * reopened before it is trusted again; what is damaged is moved aside and reported as
 * {@link org.bridgehead.io.spool.Recovered.Torn}, never skipped. Every type is safe for any thread; no thread is made
 * here.
 */
@NullMarked
package org.bridgehead.io.spool;

import org.jspecify.annotations.NullMarked;
