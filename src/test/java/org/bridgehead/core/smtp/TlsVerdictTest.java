package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.junit.jupiter.api.Test;

/** Every policy and every outcome, and the words an operator reads. */
class TlsVerdictTest {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 3);

    /** Outcome, then what opportunistic, required and verified make of it; one word for those that do the same. */
    private static final Object[][] TABLE = {
        {
            new TlsOutcome.NotOffered(),
            "clear",
            "4.7.4 the peer offers no STARTTLS and connector \"Internet\" requires it",
            "4.7.4 the peer offers no STARTTLS and connector \"Internet\" requires it"
        },
        {
            new TlsOutcome.Declined("454 4.7.0 not now"),
            "clear",
            "4.7.4 the peer offers STARTTLS but refused it, and connector \"Internet\" requires it: 454 4.7.0 not now",
            "4.7.4 the peer offers STARTTLS but refused it, and connector \"Internet\" requires it: 454 4.7.0 not now"
        },
        {
            new TlsOutcome.Intruded(),
            "4.7.5 mx1.fabrikam.test sent data in clear behind its answer to STARTTLS: it is not believed",
            "4.7.5 mx1.fabrikam.test sent data in clear behind its answer to STARTTLS: it is not believed",
            "4.7.5 mx1.fabrikam.test sent data in clear behind its answer to STARTTLS: it is not believed"
        },
        {
            new TlsOutcome.Failed("no common version"),
            "clear again",
            "4.7.5 TLS handshake with mx1.fabrikam.test failed: no common version",
            "4.7.5 TLS handshake with mx1.fabrikam.test failed: no common version"
        },
        {new TlsOutcome.Secured(), "secure", "secure", "secure"},
        {new TlsOutcome.Expired(DAY), "secure", "secure", "4.7.5 certificate of mx1.fabrikam.test expired 2024-01-03"},
        {
            new TlsOutcome.Premature(DAY),
            "secure",
            "secure",
            "4.7.5 certificate of mx1.fabrikam.test is valid from 2024-01-03 only"
        },
        {
            new TlsOutcome.WrongName(List.of("a.test", "b.test")),
            "secure",
            "secure",
            "4.7.5 certificate of mx1.fabrikam.test is for a.test, b.test"
        },
        {new TlsOutcome.WrongName(List.of()), "secure", "secure", "4.7.5 certificate of mx1.fabrikam.test names no host"
        },
        {
            new TlsOutcome.Untrusted("self-signed"),
            "secure",
            "secure",
            "4.7.5 certificate of mx1.fabrikam.test is not trusted: self-signed"
        },
    };

    @Test
    void everyPolicyMakesTheSameOfAnOutcomeEachTime() {
        Tls[] policies = {Tls.OPPORTUNISTIC, Tls.REQUIRED, Tls.VERIFIED};
        for (Object[] row : TABLE) {
            for (int i = 0; i < policies.length; i++) {
                assertThat(words(policies[i], (TlsOutcome) row[0]))
                        .as(policies[i] + " " + row[0])
                        .isEqualTo(row[i + 1]);
            }
        }
    }

    @Test
    void whoDemandsTlsNeverGetsClearText() {
        for (Object[] row : TABLE) {
            for (Tls policy : List.of(Tls.REQUIRED, Tls.VERIFIED)) {
                assertThat(TlsVerdict.of(policy, (TlsOutcome) row[0], "p", "o"))
                        .isNotInstanceOfAny(TlsVerdict.Clear.class, TlsVerdict.ClearAgain.class);
            }
        }
    }

    private static String words(Tls policy, TlsOutcome outcome) {
        TlsVerdict verdict = TlsVerdict.of(policy, outcome, "mx1.fabrikam.test", "connector \"Internet\"");
        if (verdict instanceof TlsVerdict.Defer defer) {
            return defer.status() + " " + defer.words();
        }
        return verdict instanceof TlsVerdict.Secure
                ? "secure"
                : verdict instanceof TlsVerdict.Clear ? "clear" : "clear again";
    }
}
