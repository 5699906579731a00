package org.bridgehead.junit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.ReceivedMail;
import org.bridgehead.engine.ReceivedTrace;

/** Assertions about a message as a mailbox got it. */
public final class ReceivedMailAssert extends AbstractAssert<ReceivedMailAssert, ReceivedMail> {
    private Supplier<String> story = () -> "";

    ReceivedMailAssert(ReceivedMail mail) {
        super(mail, ReceivedMailAssert.class);
    }

    ReceivedMailAssert withStory(Supplier<String> told) {
        story = told;
        return this;
    }

    /** The hubs and edges that handled it were these, in this order, as its Received fields tell. */
    public ReceivedMailAssert path(String... servers) {
        return same("to have come by", List.of(servers), mail().servers());
    }

    /** The sites that it stopped at were these, in this order, as its Received fields tell. */
    public ReceivedMailAssert sites(String... sites) {
        return same("to have stopped at", List.of(sites), ReceivedTrace.sites(mail().octets()));
    }

    /** It did not stop at a site. */
    public ReceivedMailAssert notThrough(String site) {
        List<String> sites = ReceivedTrace.sites(mail().octets());
        if (sites.stream().anyMatch(name -> Names.same(name, site))) {
            throw failed("never to have stopped at " + site + ", but it came by " + String.join(" > ", sites));
        }
        return this;
    }

    /** Its subject, decoded, is this. */
    public ReceivedMailAssert subject(String subject) {
        return header("Subject", subject);
    }

    /** The first header field of this name, unfolded and decoded, has this value. */
    public ReceivedMailAssert header(String name, String value) {
        String found =
                MailText.header(mail().octets(), name).orElseThrow(() -> failed("to have a header field " + name));
        if (!found.equals(value)) {
            throw failed("to have " + name + ": " + value + ", but it has " + name + ": " + found);
        }
        return this;
    }

    /** Its octets, header and all, contain this text in UTF-8; nothing is decoded. */
    public ReceivedMailAssert contains(String text) {
        if (!new String(mail().octets(), StandardCharsets.UTF_8).contains(text)) {
            throw failed("to contain \"" + text + "\"");
        }
        return this;
    }

    private ReceivedMailAssert same(String expectation, List<String> wanted, List<String> found) {
        boolean equal = wanted.size() == found.size();
        for (int at = 0; equal && at < wanted.size(); at++) {
            equal = Names.same(wanted.get(at), found.get(at));
        }
        if (!equal) {
            throw failed(expectation + " " + String.join(" > ", wanted) + ", but it was " + String.join(" > ", found));
        }
        return this;
    }

    private ReceivedMail mail() {
        isNotNull();
        return actual;
    }

    private AssertionError failed(String expectation) {
        String told = story.get();
        return failure("%s", "Expected the message " + expectation + "." + (told.isEmpty() ? "" : "\n" + told));
    }
}
