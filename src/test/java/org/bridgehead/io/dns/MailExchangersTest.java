package org.bridgehead.io.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.bridgehead.core.hub.MxAnswer;
import org.bridgehead.core.routing.MxPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Against a name server of our own on loopback. */
class MailExchangersTest {
    private DatagramSocket socket;
    private MailExchangers exchangers;

    @BeforeEach
    void start() throws Exception {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "name-server");
        server.setDaemon(true);
        server.start();
        exchangers =
                MailExchangers.from(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    private void serve() {
        byte[] octets = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(octets, octets.length);
                socket.receive(packet);
                byte[] answer = answer(new Message(Arrays.copyOf(octets, packet.getLength())))
                        .toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                assertThat(socket.isClosed()).as(e.toString()).isTrue();
            }
        }
    }

    private static Message answer(Message question) throws IOException {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        Name name = question.getQuestion().getName();
        switch (name.toString()) {
            case "fabrikam.test.", "xn--mller-kva.test." -> {
                answer.addRecord(
                        new MXRecord(name, DClass.IN, 60, 20, Name.fromString("mx2.fabrikam.test.")), Section.ANSWER);
                answer.addRecord(
                        new MXRecord(name, DClass.IN, 60, 10, Name.fromString("mx1.fabrikam.test.")), Section.ANSWER);
            }
            case "none.test." -> answer.addRecord(new MXRecord(name, DClass.IN, 60, 0, Name.root), Section.ANSWER);
            case "plain.test." -> answer.getHeader().setRcode(Rcode.NOERROR);
            case "ill.test." -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            default -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }

    @Test
    void exchangersComeWithTheirPreference() {
        List<MxPlan.Mx> wanted =
                List.of(new MxPlan.Mx(10, "mx1.fabrikam.test."), new MxPlan.Mx(20, "mx2.fabrikam.test."));
        for (String domain : List.of("fabrikam.test", "müller.test")) {
            MxAnswer answer = exchangers.resolve(domain);
            assertThat(answer).as(domain).isInstanceOf(MxAnswer.Found.class);
            assertThat(((MxAnswer.Found) answer).records()).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void everyOtherAnswerHasItsMeaning() {
        assertThat(exchangers.resolve("none.test")).isEqualTo(new MxAnswer.Found(List.of(new MxPlan.Mx(0, "."))));
        assertThat(exchangers.resolve("plain.test")).isEqualTo(new MxAnswer.Found(List.of()));
        assertThat(exchangers.resolve("nowhere.test")).isEqualTo(new MxAnswer.NoDomain());
        assertThat(exchangers.resolve("ill.test")).isInstanceOf(MxAnswer.Unavailable.class);
        assertThat(exchangers.resolve("[192.0.2.1]"))
                .isEqualTo(new MxAnswer.Found(List.of(new MxPlan.Mx(0, "192.0.2.1"))));
        assertThat(exchangers.resolve("[IPv6:2001:db8::1]"))
                .isEqualTo(new MxAnswer.Found(List.of(new MxPlan.Mx(0, "2001:db8::1"))));
    }
}
