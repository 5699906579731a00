package org.bridgehead.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    private static final String LABEL_63 = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@contoso.test",
                "a@b",
                "a.b.c@x-y.z0",
                "!#$%&'*+-/=?^_`{|}~@contoso.test",
                "1@2.3",
                "\"\"@contoso.test",
                "\"anna smith\"@contoso.test",
                "\"a@b\"@contoso.test",
                "\"a\\\"b\\\\c\\ d\"@contoso.test",
                "\"..\"@contoso.test",
                "\"<>\"@contoso.test",
                "anna@[127.0.0.1]",
                "anna@[255.255.255.255]",
                "anna@[001.2.3.4]",
                "anna@[IPv6:::1]",
                "anna@[IPv6:::]",
                "anna@[ipv6:2001:db8::7]",
                "anna@[IPv6:1:2:3:4:5:6:7:8]",
                "anna@[IPv6:1:2:3:4:5:6:1.2.3.4]",
                "anna@[IPv6:::ffff:1.2.3.4]",
                "anna@[IPv6:1:2:3::4:5:6]",
                "anna@[X400:some-thing]",
                "jörg@contoso.test",
                "用户@例子.广告",
                "анна@почта.рф",
                "\"jö rg\"@contoso.test",
                "a\uD83D\uDE00@contoso.test",
                "xn--80ak6aa92e@xn--p1ai"
            })
    void good(String text) throws AddressSyntaxException {
        EmailAddress address = EmailAddress.parse(text);
        assertThat(address).hasToString(text);
        assertThat(address.localPart() + "@" + address.domain()).isEqualTo(text);
        assertThat(EmailAddress.of(address.key()))
                .as("a key is an address itself")
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "$$|address is empty",
                "anna|'@' expected at character 5",
                "@contoso.test|local part is empty at character 1",
                "anna@|domain is empty at character 6",
                ".anna@contoso.test|empty part beside a dot at character 1",
                "anna.@contoso.test|empty part beside a dot at character 6",
                "a..b@contoso.test|empty part beside a dot at character 3",
                "an na@contoso.test|U+0020 not allowed in the local part at character 3",
                "a(b@contoso.test|'(' not allowed in the local part at character 2",
                "<anna@contoso.test>|'<' not allowed in the local part at character 1",
                "a@b@contoso.test|'@' not allowed in the domain at character 4",
                "a\"b@contoso.test|'\"' not allowed in the local part at character 2",
                "\"ab\"c@contoso.test|'c' not allowed in the local part at character 5",
                "\"ab@contoso.test|address ends in the quoted local part at character 17",
                "\"ab\\|address ends behind a backslash at character 5",
                "anna@contoso.test.|empty label at character 19",
                "anna@.contoso.test|domain is empty at character 6",
                "anna@contoso..test|empty label at character 14",
                "anna@-contoso.test|label begins with a hyphen at character 6",
                "anna@contoso-.test|label ends with a hyphen at character 13",
                "anna@con_toso.test|'_' not allowed in the domain at character 9",
                "anna@contoso.test;x|';' not allowed in the domain at character 18",
                "anna@[127.0.0.1|']' expected at character 16",
                "anna@[127.0.0]|no address literal at character 6",
                "anna@[127.0.0.256]|no address literal at character 6",
                "anna@[127.0.0.0001]|no address literal at character 6",
                "anna@[IPv6:1:2:3:4:5:6:7]|no address literal at character 6",
                "anna@[IPv6:1:2:3:4:5:6:7:8:9]|no address literal at character 6",
                "anna@[IPv6:1::2::3]|no address literal at character 6",
                "anna@[IPv6:1:2:3:4::5:6:7]|no address literal at character 6",
                "anna@[IPv6:12345::]|no address literal at character 6",
                "anna@[IPv6:1.2.3.4]|no address literal at character 6",
                "anna@[IPv6:::1:]|no address literal at character 6",
                "anna@[x-:y]|no address literal at character 6",
                "anna@[x:a b]|no address literal at character 6",
                "anna@[]|no address literal at character 6",
                "anna@con\u00A0toso.test|U+00A0 not allowed in the domain at character 9",
                "anna@contoso\u3002test|U+3002 not allowed in the domain at character 13",
                "an\u0085na@contoso.test|U+0085 not allowed in the local part at character 3",
                "an\uD800na@contoso.test|U+D800 not allowed in the local part at character 3",
                "an\uFFFFna@contoso.test|U+FFFF not allowed in the local part at character 3"
            })
    void bad(String text, String message) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOf(AddressSyntaxException.class)
                .hasMessage(message);
        assertThat(EmailAddress.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an\r\nna@contoso.test",
                "anna@contoso.test\r\n",
                "\"a\nb\"@contoso.test",
                "a\0b@c.test",
                "a\tb@c.test"
            })
    void controls(String text) {
        assertThat(EmailAddress.tryParse(text)).isEmpty();
    }

    @Test
    void lengthsCountOctets() {
        assertThat(EmailAddress.tryParse("a".repeat(64) + "@b.test")).isPresent();
        assertThatThrownBy(() -> EmailAddress.parse("a".repeat(65) + "@b.test"))
                .hasMessage("local part has 65 octets, at most 64 are allowed");
        assertThat(EmailAddress.tryParse("ö".repeat(32) + "@b.test")).isPresent();
        assertThat(EmailAddress.tryParse("ö".repeat(33) + "@b.test")).isEmpty();
        assertThat(EmailAddress.tryParse("a@" + LABEL_63 + ".test")).isPresent();
        assertThatThrownBy(() -> EmailAddress.parse("a@a" + LABEL_63 + ".test"))
                .hasMessage("label has 64 octets, at most 63 are allowed");
        String domain = LABEL_63 + "." + LABEL_63 + "." + LABEL_63 + ".";
        assertThat(EmailAddress.tryParse("a@" + domain + "b".repeat(60))).isPresent();
        assertThatThrownBy(() -> EmailAddress.parse("a@" + domain + "b".repeat(61)))
                .hasMessage("address has 255 octets, at most 254 are allowed");
        assertThatThrownBy(() -> EmailAddress.parse("a@" + domain + domain)).isInstanceOf(AddressSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "Anna@Contoso.TEST|anna@contoso.test",
                "\"anna\"@contoso.test|anna@contoso.test",
                "\"a\\nn\\a\"@contoso.test|anna@contoso.test",
                "\"a.B\"@contoso.test|a.b@contoso.test",
                "\"a..b\"@contoso.test|\"a..b\"@contoso.test",
                "\"A\\ b\"@contoso.test|\"a b\"@contoso.test",
                "\"\"@contoso.test|\"\"@contoso.test",
                "\"a\\\"\\\\\"@contoso.test|\"a\\\"\\\\\"@contoso.test",
                "JÖRG@contoso.test|jörg@contoso.test",
                "anna@[IPv6:2001:DB8::1]|anna@[ipv6:2001:db8::1]"
            })
    void keys(String text, String key) {
        assertThat(EmailAddress.of(text).key()).isEqualTo(key);
    }

    @Test
    void utf8IsNoticed() {
        assertThat(EmailAddress.of("a@b.test").needsSmtpUtf8()).isFalse();
        assertThat(EmailAddress.of("a@bücher.test").needsSmtpUtf8()).isTrue();
    }
}
