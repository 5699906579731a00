package org.bridgehead.core.directory;

/**
 * A domain controller as it is seen from a site.
 *
 * @param name of the server
 * @param site where it stands
 * @param nearness why it may be asked
 * @param cost of the way there: 0 in the own site, of the cheapest link to a linked one, else of the cheapest path
 */
public record NearController(String name, String site, Nearness nearness, long cost) {
    /** Why a controller may be asked, the nearest first. */
    public enum Nearness {
        /** It stands in the site that asks. */
        OWN_SITE("ownSite"),
        /** A site link joins both sites. */
        LINKED_SITE("linkedSite"),
        /** Only a path of several links does: asked where {@link LdapAccess#transitive} says so. */
        FURTHER_SITE("furtherSite");

        private final String keyword;

        Nearness(String keyword) {
            this.keyword = keyword;
        }

        /** The word for programs. */
        public String keyword() {
            return keyword;
        }
    }

    /** One phrase for people. */
    public String reason() {
        return switch (nearness) {
            case OWN_SITE -> "in the own site";
            case LINKED_SITE -> "in " + site + ", directly linked at cost " + cost;
            case FURTHER_SITE -> "in " + site + ", at cost " + cost + " over several links";
        };
    }
}
