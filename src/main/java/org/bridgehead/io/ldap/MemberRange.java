package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The members that one entry of a group names: all of them, or the part that Active Directory gives at a time as
 * {@code member;range=0-1499}.
 *
 * @param names distinguished names in the order of the server
 * @param more whether further ones follow
 */
record MemberRange(List<String> names, boolean more) {
    /** The attributes that name members. */
    static final List<String> ATTRIBUTES = List.of("member", "uniqueMember");

    private static final Pattern RANGE = Pattern.compile("range=(\\d{1,9})-(\\d{1,9}|\\*)");

    MemberRange {
        names = List.copyOf(names);
    }

    /** What to ask for to see the members from the one at {@code position} on, counted from 0. */
    static String from(int position) {
        return "member;range=" + position + "-*";
    }

    /**
     * Reads an entry.
     *
     * @param position of the first member asked for
     * @throws LDAPException when the range is not the one asked for, or shorter than it says
     */
    static MemberRange of(Entry entry, int position) throws LDAPException {
        List<String> names = new ArrayList<>();
        boolean more = false;
        boolean ranged = position == 0;
        for (Attribute attribute : entry.getAttributes()) {
            if (ATTRIBUTES.stream().noneMatch(attribute.getBaseName()::equalsIgnoreCase)) {
                continue;
            }
            List<String> values = List.of(attribute.getValues());
            Optional<Matcher> range = range(attribute);
            if (range.isPresent()) {
                more |= checked(range.get(), position, values.size());
                ranged = true;
            }
            names.addAll(values);
        }
        if (!ranged) {
            throw cut("there are no members from number " + position + " on");
        }
        return new MemberRange(names, more);
    }

    private static Optional<Matcher> range(Attribute attribute) {
        return attribute.getOptions().stream()
                .map(option -> RANGE.matcher(option.toLowerCase(Locale.ROOT)))
                .filter(Matcher::matches)
                .findFirst();
    }

    private static boolean checked(Matcher range, int position, int values) throws LDAPException {
        int low = Integer.parseInt(range.group(1));
        boolean more = !range.group(2).equals("*");
        if (low != position) {
            throw cut("members from " + position + " on were asked for, those from " + low + " on came");
        }
        if (more && values != Integer.parseInt(range.group(2)) - low + 1) {
            throw cut(range.group() + " holds " + values + " members");
        }
        if (values == 0) {
            throw cut(range.group() + " holds no member");
        }
        return more;
    }

    private static LDAPException cut(String what) {
        return new LDAPException(ResultCode.NO_RESULTS_RETURNED, "the list of members is cut off: " + what);
    }
}
