package org.bridgehead.core.categorizer;

/**
 * What the parts of one {@link Categorization} have in common.
 *
 * @param request what is asked for
 * @param rules what settings and entries mean for it
 * @param policy the transport rules it is subject to
 * @param journals the journal rules it is subject to
 * @param visited addresses seen, of direct recipients and of members
 */
record Commons(
        CategorizerRequest request, ResolverRules rules, TransportRules policy, Journals journals, Visited visited) {}
