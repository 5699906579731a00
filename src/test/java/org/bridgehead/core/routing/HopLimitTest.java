package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HopLimitTest {
    /** DECISIONS 2.6. */
    @Test
    void asManyReceivedLinesAsTheLimitAreAllowed() {
        HopLimit limit = new HopLimit(30);
        assertThat(limit.exceededBy(30)).isFalse();
        assertThat(limit.exceededBy(31)).isTrue();
    }
}
