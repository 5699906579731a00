package org.bridgehead.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Concurrency by the answers of the next hop. */
class WindowTest {
    private static final int MOST = 20;

    @ParameterizedTest(name = "{0} connections, {1} answers, {2} used, answered: {3} and {4}")
    @CsvSource({
        // all are used: another one after as many answers as there are connections, ten at least
        "5, 0, 5, 5, 1",
        "5, 3, 5, 5, 4",
        "5, 8, 5, 5, 9",
        "5, 9, 5, 6, 0",
        "5, 9, 7, 6, 0",
        "1, 0, 1, 1, 1",
        "1, 9, 1, 2, 0",
        "10, 9, 10, 11, 0",
        "19, 17, 19, 19, 18",
        "19, 18, 19, 20, 0",
        // not all are used: more would be of no use
        "5, 0, 4, 5, 0",
        "5, 4, 4, 5, 4",
        // never more than the limit
        "20, 0, 20, 20, 0",
        "20, 19, 20, 20, 19",
        "30, 29, 30, 30, 29"
    })
    void growsByOneForEachRoundOfAnswers(int size, int answers, int used, int newSize, int newAnswers) {
        assertThat(new Window(size, answers).answered(used, MOST)).isEqualTo(new Window(newSize, newAnswers));
    }

    @ParameterizedTest(name = "{0} connections, {2} are left: {3}")
    @CsvSource({
        "5, 0, 5, 4",
        "5, 4, 4, 4",
        "20, 7, 19, 19",
        // a server that takes three is not asked for a fourth at once
        "5, 2, 3, 3",
        "20, 0, 2, 2",
        // one is always tried
        "2, 0, 0, 1",
        "1, 0, 1, 1",
        "1, 0, 0, 1"
    })
    void shrinksToWhatTheNextHopTakes(int size, int answers, int left, int newSize) {
        assertThat(new Window(size, answers).refused(left)).isEqualTo(new Window(newSize, 0));
    }

    /** A next hop that takes no more than three connections: the fourth is tried once in ten messages. */
    @Test
    void settlesAtWhatTheNextHopTakes() {
        Window window = Window.FIRST;
        int refusals = 0;
        for (int message = 0; message < 1000; message++) {
            if (window.size() > 3) {
                window = window.refused(3);
                refusals++;
            }
            assertThat(window.size()).isEqualTo(3);
            window = window.answered(3, MOST);
        }
        assertThat(refusals).isEqualTo(100);
    }

    @Test
    void reachesTheLimitAfterTwoHundredMessages() {
        Window window = Window.FIRST;
        int messages = 0;
        while (window.size() < MOST) {
            window = window.answered(window.size(), MOST);
            messages++;
        }
        assertThat(messages).isEqualTo(5 * 10 + 145); // ten with 5 to 9 connections, then 10 + 11 + ... + 19
    }

    @Test
    void thereIsNoEmptyWindow() {
        assertThatThrownBy(() -> new Window(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Window(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
