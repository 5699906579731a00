package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;

/** Says so when the organisation is too large for rules about all pairs to look at all of them. */
final class SampledPairs extends RuleHead {
    SampledPairs() {
        super(199, "sampled-pairs", Severity.INFO, "organisation of which the rules about all pairs saw a part only");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Pairs pairs = Pairs.of(subject);
        int ends = pairs.ends().size();
        if (ends == pairs.sources().length && Outbound.of(subject).isWhole()) {
            return List.of();
        }
        return List.of(finding(
                "sites",
                "the organisation is large: rules about pairs looked at mail from "
                        + pairs.sources().length + " of its " + ends
                        + " sites, those about connectors at a choice of hubs; their counts are lower bounds",
                "ask `bridgehead routes TOPOLOGY --from SITE` or `bridgehead exits TOPOLOGY` about the others"));
    }
}
