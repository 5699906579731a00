package org.bridgehead.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind of thing that can be asked for and told. Safe for any thread. */
interface Resource {
    /** All of the kind, as the query of the call filters them. */
    Object list(Call call) throws IOException, InterruptedException;

    /** One of them, or some of it. */
    default Answer show(String name, Call call) throws IOException {
        throw new Problem(405, "these are not shown one by one", "ask for the list");
    }

    /** Does something with one of them; answers what was done. */
    default Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        throw new Problem(405, "nothing can be done with these", "");
    }

    /** What {@link #tell} knows. */
    default List<String> verbs() {
        return List.of();
    }

    /** Refuses a verb that is not known. */
    default Problem unknown(String verb) {
        return Problem.notFound(
                "no verb " + verb + Nearest.after(verb, verbs()), "there are " + String.join(", ", verbs()));
    }
}
