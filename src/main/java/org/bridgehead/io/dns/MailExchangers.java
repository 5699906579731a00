package org.bridgehead.io.dns;

import java.io.IOException;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.bridgehead.core.hub.MxAnswer;
import org.bridgehead.core.routing.MxPlan;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The mail exchangers of domains, from the name servers of this machine (RFC 5321 section 5.1). Answers are cached as
 * long as they say. Safe for any thread.
 */
public final class MailExchangers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Resolver resolver;

    private MailExchangers(Resolver resolver) {
        this.resolver = resolver;
        resolver.setTimeout(PATIENCE);
    }

    /**
     * From the name servers that the platform names.
     *
     * @throws IOException when the optional library is missing
     */
    public static MailExchangers ofPlatform() throws IOException {
        try {
            return new MailExchangers(new ExtendedResolver());
        } catch (NoClassDefFoundError e) {
            throw new IOException(
                    "outbound mail needs the library dnsjava:dnsjava, which is missing (" + e.getMessage() + ")", e);
        }
    }

    /** From one name server. */
    public static MailExchangers from(InetSocketAddress server) {
        return new MailExchangers(new SimpleResolver(server));
    }

    /** The exchangers of a domain; an address literal is its own. */
    public MxAnswer resolve(String domain) {
        if (domain.startsWith("[") && domain.endsWith("]")) {
            String literal = domain.substring(1, domain.length() - 1);
            return new MxAnswer.Found(List.of(
                    new MxPlan.Mx(0, literal.regionMatches(true, 0, "IPv6:", 0, 5) ? literal.substring(5) : literal)));
        }
        try {
            Lookup lookup = new Lookup(Name.fromString(IDN.toASCII(domain), Name.root), Type.MX, DClass.IN);
            lookup.setResolver(resolver);
            lookup.run();
            return answer(lookup);
        } catch (TextParseException | IllegalArgumentException e) {
            // No name of the name system, so nobody can have registered it.
            return new MxAnswer.NoDomain();
        }
    }

    private static MxAnswer answer(Lookup lookup) {
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL ->
                new MxAnswer.Found(Arrays.stream(lookup.getAnswers())
                        .filter(MXRecord.class::isInstance)
                        .map(MXRecord.class::cast)
                        .map(mx ->
                                new MxPlan.Mx(mx.getPriority(), mx.getTarget().toString()))
                        .toList());
            case Lookup.TYPE_NOT_FOUND -> new MxAnswer.Found(List.of());
            case Lookup.HOST_NOT_FOUND -> new MxAnswer.NoDomain();
            default -> new MxAnswer.Unavailable(lookup.getErrorString());
        };
    }
}
