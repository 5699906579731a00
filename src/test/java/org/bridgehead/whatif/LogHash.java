package org.bridgehead.whatif;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.io.ldap.FileDirectory;

/** Prints a hash of everything that happens in some random worlds, to be compared between JVMs. */
final class LogHash {
    private LogHash() {}

    public static void main(String[] arguments) {
        System.out.println(of(Long.parseLong(arguments[0]), Long.parseLong(arguments[1])));
    }

    /** The hash over the worlds of these seeds. */
    static String of(long from, long to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long seed = from; seed <= to; seed++) {
                for (TrackingEvent event : play(seed).log()) {
                    digest.update(event.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static VirtualOrganization play(long seed) {
        Organization organization = RandomOrganization.of(seed, 2, 6);
        Scenario scenario = RandomScenario.of(organization, seed, 1, 60, FaultLevel.HEAVY);
        VirtualOrganization world = VirtualOrganization.of(
                organization.topology(),
                FileDirectory.of(organization.directory()),
                scenario.start(),
                scenario.conditions().orElse(Conditions.IDEAL));
        ImaginedStage stage = ImaginedStage.of(world);
        Post post = new Post();
        for (Scene scene : scenario.scenes()) {
            for (Step step : scene.steps()) {
                if (step instanceof Send send) {
                    post.written(send).forEach(stage::send);
                } else if (step instanceof Advance advance) {
                    stage.advance(advance.time());
                } else {
                    stage.perform(step);
                }
            }
        }
        return world;
    }
}
