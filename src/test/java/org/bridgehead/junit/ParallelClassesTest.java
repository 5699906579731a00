package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerHandle;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Eight test classes of ten sites, twenty hubs and ten mailbox servers each, all at the same moment, keep to themselves. */
class ParallelClassesTest {
    private static final int CLASSES = 8;

    /** Of all classes. */
    static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

    static final CyclicBarrier ALL = new CyclicBarrier(CLASSES);

    @Test
    void eightClassesSideBySide() {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameters(Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", String.valueOf(CLASSES)))
                .selectors(Stream.of(A.class, B.class, C.class, D.class, E.class, F.class, G.class, H.class)
                        .map(type -> selectClass(type))
                        .toArray(ClassSelector[]::new))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(CLASSES));

        assertThat(PORTS).hasSize(CLASSES * 30);
    }

    @BridgeheadTest("classpath:org/bridgehead/junit/ten-sites.yaml")
    abstract static class Base {
        @Test
        void mailOverTenSitesIsItsOwn(MailOrganization org) throws Exception {
            String subject = getClass().getSimpleName();
            for (ServerHandle server : org.servers().values()) {
                assertThat(PORTS.add(server.smtp().getPort())).isTrue();
            }
            ALL.await(60, TimeUnit.SECONDS); // all of them run now, and nobody's ports are free again
            org.send(mail -> mail.from("p0@contoso.test").to("p9@contoso.test").subject(subject));
            assertThat(org.mailbox("p9@contoso.test")).received(1).subject(subject);
            assertThat(org.mailbox("p9@contoso.test").messages().get(0).servers())
                    .hasSize(10);
            ALL.await(60, TimeUnit.SECONDS);
        }
    }

    static class A extends Base {}

    static class B extends Base {}

    static class C extends Base {}

    static class D extends Base {}

    static class E extends Base {}

    static class F extends Base {}

    static class G extends Base {}

    static class H extends Base {}
}
