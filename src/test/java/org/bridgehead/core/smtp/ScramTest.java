package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    /** RFC 7677 section 3. */
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final Scram.Credentials PENCIL = Scram.Credentials.of("pencil", SALT, 4096);

    private final ScramClient client = new ScramClient("user", "pencil", "rOprNGfwEbeRWgbNEkqO");
    private final ScramServer server = new ScramServer(PENCIL, SERVER_NONCE);

    @Test
    void theExchangeOfRfc7677() throws ScramException {
        assertThat(client.first()).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        String challenge = server.first(client.first());
        assertThat(challenge).isEqualTo("r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        String proof = client.proof(challenge);
        assertThat(proof)
                .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE
                        + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        String last = server.last(proof);
        assertThat(last).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        client.verify(last);
        assertThat(server.authenticatedName()).isEqualTo("user");
    }

    @Test
    void aWrongSecretIsRefusedAndLeavesNoName() throws ScramException {
        ScramClient wrong = new ScramClient("user", "pencil2", "abc");
        String proof = wrong.proof(server.first(wrong.first()));
        assertThatThrownBy(() -> server.last(proof))
                .isInstanceOf(ScramException.class)
                .hasMessage("wrong secret");
        assertThatThrownBy(server::authenticatedName).isInstanceOf(ScramException.class);
    }

    @Test
    void aServerThatDoesNotKnowTheSecretIsFoundOut() throws ScramException {
        String challenge = server.first(client.first());
        client.proof(challenge);
        assertThatThrownBy(() -> client.verify("v=" + Base64.getEncoder().encodeToString(new byte[32])))
                .isInstanceOf(ScramException.class);
        assertThatThrownBy(() -> client.verify("e=other-error")).isInstanceOf(ScramException.class);
    }

    @Test
    void anotherSecretOfTheServerIsNoticedByTheClientToo() throws ScramException {
        ScramServer other = new ScramServer(Scram.Credentials.of("crayon", SALT, 4096), "nonce");
        String proof = client.proof(other.first(client.first()));
        assertThatThrownBy(() -> other.last(proof)).isInstanceOf(ScramException.class);
    }

    @Test
    void namesMayContainCommaEqualsSignAndUmlauts() throws ScramException {
        ScramClient odd = new ScramClient("BER,=Köln", "pencil", "abc");
        assertThat(odd.first()).contains("n=BER=2C=3DKöln,");
        odd.verify(server.last(odd.proof(server.first(odd.first()))));
        assertThat(server.authenticatedName()).isEqualTo("BER,=Köln");
    }

    @Test
    void theDerivedKeyIsReusedForTheSameSalt() throws ScramException {
        client.proof(server.first(client.first()));
        Optional<Scram.Salted> kept = client.salted();
        ScramClient next = new ScramClient("user", "pencil", "other", kept);
        ScramServer again = new ScramServer(PENCIL, "xyz");
        next.verify(again.last(next.proof(again.first(next.first()))));
        assertThat(next.salted().orElseThrow()).isSameAs(kept.orElseThrow());
        ScramClient changed = new ScramClient("user", "pencil", "other", kept);
        ScramServer salted = new ScramServer(Scram.Credentials.of("pencil", new byte[] {1, 2, 3}, 5000), "xyz");
        changed.verify(salted.last(changed.proof(salted.first(changed.first()))));
        assertThat(changed.salted().orElseThrow()).isNotSameAs(kept.orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n,,",
                "n,,n=user",
                "n,,r=abc,n=user",
                "n,a=other,n=user,r=abc",
                "p=tls-unique,,n=user,r=abc",
                "n,,n=us=41er,r=abc",
                "n,,n=user,r=a\u0001c",
                "n,,m=ext,n=user,r=abc",
                "n,,n=user,r="
            })
    void malformedFirstMessages(String text) {
        assertThatThrownBy(() -> server.first(text)).isInstanceOf(ScramException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p=AAAA", "c=biws,p=AAAA", "c=eSws,r=NONCE,p=AAAA", "c=biws,r=NONCE,p=*", "c=biws,r=x,p=AAAA"
            })
    void malformedLastMessages(String text) throws ScramException {
        server.first(client.first());
        String last = text.replace("NONCE", "rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE);
        assertThatThrownBy(() -> server.last(last)).isInstanceOf(ScramException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=rOprNGfwEbeRWgbNEkqO,s=AAAA,i=4096",
                "r=zOprNGfwEbeRWgbNEkqOxx,s=AAAA,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOxx,s=,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOxx,s=AAAA,i=1",
                "r=rOprNGfwEbeRWgbNEkqOxx,s=AAAA,i=9999999",
                "m=x,r=rOprNGfwEbeRWgbNEkqOxx,s=AAAA,i=4096"
            })
    void malformedChallenges(String text) {
        assertThatThrownBy(() -> client.proof(text)).isInstanceOf(ScramException.class);
    }

    @Test
    void secretsArePrintableAscii() {
        assertThatIllegalArgumentException().isThrownBy(() -> Scram.Credentials.of("pässword", SALT, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> Scram.Credentials.of("", SALT, 4096));
    }
}
