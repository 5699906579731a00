package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A text comes back as itself, wherever it stands. */
class YamlScalarTest {
    private static final String ODD =
            "aZ09 :#,[]{}&*!|>'\"%@`?-~_./\\\t\n\r\u0085\u00a0\u2028\u2029\ufeffäß東\uD83D\uDE00=<e.x+";

    private static void comesBack(String text) {
        Load load = new Load(LoadSettings.builder().build());
        String written = YamlScalar.of(text);
        assertThat(load.loadFromString("key: " + written + "   # remark")).hasToString("{key=" + text + "}");
        assertThat(load.loadFromString("{ " + written + ": [" + written + ", x] }"))
                .hasToString("{" + text + "=[" + text + ", x]}");
        assertThat(load.loadFromString("- " + written + "\n").toString())
                .isEqualTo(List.of(text).toString());
        assertThat(((List<?>) load.loadFromString("[" + written + "]")).get(0)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No",
                "yes",
                "on",
                "Y",
                "null",
                "~",
                "true",
                "False",
                "1e3",
                "1.5",
                "12",
                "0x1F",
                "0o7",
                ".inf",
                ".NaN",
                "12:30",
                "2001-01-01",
                "1_000",
                "+1",
                "-1",
                "=",
                "a: b",
                "x #y",
                "a:",
                "- a",
                "?",
                "? a",
                "*",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "|",
                ">",
                "a, b",
                "[a]",
                "{a}",
                "'a'",
                "\"a\"",
                " a",
                "a ",
                "",
                "a\nb",
                "a\tb",
                "\\",
                "New York",
                "São Paulo",
                "東京",
                "\uD83D\uDE00",
                "\uFEFFa",
                "a\u2028b",
                "a\u0085b",
                "S1-S2",
                "20ms",
                "10Mbit/s",
                "10.1.0.0/16",
                "2001:db8::/32",
                "127.0.0.1:0",
                "SMTP:*;1",
                "*.test",
                "BER-MBX1/SG1/DB1",
                "a@b.test",
                "Liège (2)",
                "AT&T",
                "C:\\x",
                "---",
                "...",
                "<<"
            })
    void oddTextsComeBack(String text) {
        comesBack(text);
    }

    @Test
    void textsByLotComeBack() {
        long seed = System.nanoTime();
        System.out.println("YamlScalarTest seed " + seed);
        Random random = new Random(seed);
        int[] letters = ODD.codePoints().toArray();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length >= 0; length--) {
                text.appendCodePoint(letters[random.nextInt(letters.length)]);
            }
            comesBack(text.toString());
        }
    }

    @Test
    void ordinaryNamesStandPlain() {
        assertThat(List.of("Berlin", "New York", "BER-HT1", "10Mbit/s", "Liège (2)", "a@b.test", "10.1.0.0/16", "AT&T"))
                .allSatisfy(text -> assertThat(YamlScalar.of(text)).isEqualTo(text));
        assertThat(YamlScalar.of("No")).isEqualTo("\"No\"");
        assertThat(YamlScalar.of("1e3")).isEqualTo("\"1e3\"");
    }
}
