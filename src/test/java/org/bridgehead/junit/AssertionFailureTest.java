package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An assertion that fails tells the story of the mail, not a bare number. */
class AssertionFailureTest {
    @RegisterExtension
    final BridgeheadExtension harness =
            BridgeheadExtension.ofYaml(CheckoutMailTest.TOPOLOGY).withUnsettledMailAllowed();

    @Test
    void aMissingMessageIsExplainedByItsEventsAndTheQueueItWaitsIn(MailOrganization org) {
        org.server("MUC-HT1").reply(421, "too busy");
        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").via("BER-HT1"));

        assertThatThrownBy(() -> assertThat(org.mailbox("mia@contoso.test")).received(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected mia@contoso.test to hold 1 message, but it holds 0")
                .hasMessageContaining("RECEIVE")
                .hasMessageContaining("too busy")
                .hasMessageContaining("BER-HT1\\")
                .hasMessageContaining("next try");
    }

    @Test
    void aMessageThatWasNeverTakenInIsCalledThat() {
        MailOrganization org = harness.organization();

        assertThatThrownBy(() -> assertThat(org.mailbox("mia@contoso.test")).received(1))
                .hasMessageContaining("No server has seen a message for mia@contoso.test");
    }

    @Test
    void aWrongPathShowsTheRealOne() {
        MailOrganization org = harness.organization();
        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").via("BER-HT2"));

        assertThatThrownBy(() ->
                        assertThat(org.mailbox("mia@contoso.test")).received(1).firstPath("BER-HT1", "MUC-HT1"))
                .hasMessageContaining("message 0 of mia@contoso.test")
                .hasMessageContaining("by BER-HT1 > MUC-HT1, but it was BER-HT2 > MUC-HT1")
                .hasMessageContaining("DELIVER");
        assertThatThrownBy(() -> assertThat(org.mailbox("mia@contoso.test")).neverTouched("Munich"))
                .hasMessageContaining("Berlin > Munich");
        assertThatThrownBy(() -> assertThat(org.mailbox("mia@contoso.test")).neverTouched("Munchi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are Berlin, Munich, Paris");
        assertThatThrownBy(() -> assertThat(org.tracking()).noEvents(Kind.DELIVER))
                .hasMessageContaining("DELIVER")
                .hasMessageContaining("MUC-HT1 (Munich)");
    }
}
