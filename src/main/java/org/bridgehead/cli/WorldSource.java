package org.bridgehead.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.TopologyWriter;
import org.bridgehead.whatif.RandomOrganization;

/** Where {@code simulate} has the organisations from, one for each seed. Safe for any thread. */
interface WorldSource {
    /** Each seed draws its own. */
    WorldSource DRAWN = new Drawn();

    Organization organization(long seed);

    /** What a scenario file in {@code folder} calls the topology file; written there if need be. */
    String fileFor(long seed, Path folder) throws IOException;

    /** The one of a topology file. */
    record OfFile(Organization organization, Path file) implements WorldSource {
        @Override
        public Organization organization(long seed) {
            return organization;
        }

        @Override
        public String fileFor(long seed, Path folder) throws IOException {
            return folder.toRealPath().relativize(file.toRealPath()).toString();
        }
    }

    /** Of a few sites. */
    record Drawn() implements WorldSource {
        private static final int LEAST_SITES = 2;
        private static final int MOST_SITES = 6;

        @Override
        public Organization organization(long seed) {
            return RandomOrganization.of(seed, LEAST_SITES, MOST_SITES);
        }

        @Override
        public String fileFor(long seed, Path folder) throws IOException {
            String name = "seed-" + seed + ".topology.yaml";
            String text = TopologyWriter.text(
                    organization(seed), Remarks.of(List.of("The organisation that seed " + seed + " draws.")));
            Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
            return name;
        }
    }
}
