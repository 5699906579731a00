/**
 * The Camel component {@code bridgehead:} and the driver that delivers the mail of {@code camel:} connectors to any
 * Camel endpoint. An exchange is done when its mail is: a message handed in is durable (or refused, which fails the
 * exchange), and one that is delivered to a route stays in its queue until the route has finished well. No header field
 * of a mail ever becomes a Camel header; only what {@link org.bridgehead.camel.BridgeheadConstants} lists is set.
 * Endpoints, producers and consumers belong to their Camel context, which gives them their threads.
 */
@NullMarked
package org.bridgehead.camel;

import org.jspecify.annotations.NullMarked;
