package org.bridgehead.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListsTest {
    @Test
    void listsOfAnyLengthAreWhatStreamsMake() {
        for (int length = 0; length < 6; length++) {
            List<Integer> list = IntStream.range(0, length).boxed().toList();
            assertThat(Lists.map(list, i -> "no " + i))
                    .isEqualTo(list.stream().map(i -> "no " + i).toList());
            assertThat(Lists.filter(list, i -> i % 2 == 0))
                    .isEqualTo(list.stream().filter(i -> i % 2 == 0).toList());
            assertThat(Lists.plus(list, 9))
                    .isEqualTo(Stream.concat(list.stream(), Stream.of(9)).toList());
            List<Object> mixed = new ArrayList<>(list);
            mixed.add("text");
            assertThat(Lists.only(Integer.class, mixed)).isEqualTo(list);
            assertThat(Lists.only(Integer.class, list)).isEqualTo(list);
            assertThat(Lists.only(String.class, new ArrayList<Object>(list))).isEmpty();
            assertThat(Lists.allMatch(list, i -> i >= 0)).isTrue();
            int last = length - 1;
            assertThat(Lists.allMatch(list, i -> i < last)).isEqualTo(length == 0);
        }
    }

    @Test
    void theyCannotBeChanged() {
        for (int length = 1; length < 4; length++) {
            List<Integer> list = IntStream.range(0, length).boxed().toList();
            Stream.of(Lists.map(list, i -> i), Lists.filter(list, i -> true), Lists.plus(list, 1))
                    .forEach(made ->
                            assertThatThrownBy(() -> made.set(0, 7)).isInstanceOf(UnsupportedOperationException.class));
        }
    }
}
