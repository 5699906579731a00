package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTest {
    @ParameterizedTest
    @CsvSource({"site:A,site:A", "Link:a:b,link:a:b", "x:y,x:y", "site:,none", ":A,none", "site,none"})
    void anItemHasAKindAndAName(String text, String read) {
        assertThat(Item.tryParse(text).map(Item::toString).orElse("none")).isEqualTo(read);
    }

    @Test
    void namesOfOneKindAreSortedOutOfMany() {
        List<String> items = List.of("link:Z", "site:A", "nonsense", "LINK:b", "link:B");
        assertThat(Item.names(items, Item.LINK)).containsExactly("b", "Z");
    }
}
