package org.bridgehead.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the check is what the LDAP library takes. */
class LdapSyntaxTest {
    private static final List<String> PARTS = List.of(
            "(",
            ")",
            "(",
            ")",
            "(a=b)",
            "&",
            "|",
            "!",
            "*",
            "=",
            ">=",
            "~=",
            ":",
            ":=",
            ":dn",
            "a",
            "mail",
            "1.2.3",
            ";x",
            "\\28",
            "\\2",
            "ü",
            " ",
            "(&(a=b)(!(c=*)))",
            ",",
            "+",
            "CN=x",
            "\\,",
            "\"",
            "#");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(department=Sales)",
                "(&(objectClass=user)(|(mail=*)(cn=A*b*c))(!(department=IT)))",
                "(&)",
                "(a>=b)",
                "(a~=b)",
                "(a:dn:2.4.6:=b)",
                "(a;x=b)",
                "(cn=\\28x\\29)",
                "(cn=Jürgen Groß)",
                "(a=)"
            })
    void filtersPass(String text) {
        assertThat(LdapSyntax.isFilter(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "()",
                "(a)",
                "a=b",
                "(a=b",
                "(a=b))",
                "(a=b)(c=d)",
                "(a=\\2)",
                "(a=b(c)",
                "(a>=*)",
                "(a=**)",
                "(!)",
                "(& (a=b))"
            })
    void otherTextsDoNot(String text) {
        assertThat(LdapSyntax.isFilter(text)).isFalse();
    }

    @Test
    void namesArePairsBetweenCommas() {
        assertThat(List.of("DC=contoso,DC=test", "CN=…", "cn=a\\, b+ou=c, dc=d", "1.2.3=x"))
                .allMatch(LdapSyntax::isDn);
        assertThat(List.of("", "contoso", "DC=", "DC=a,", "=a", "DC=a;b")).noneMatch(LdapSyntax::isDn);
    }

    @Test
    void whatPassesIsTakenByTheLibrary() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        Random random = new Random(seed);
        int filters = 0;
        int names = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int parts = 1 + random.nextInt(7); parts > 0; parts--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            if (LdapSyntax.isFilter(text.toString())) {
                filters++;
                assertThat(isFilter(text.toString()))
                        .as("seed %d: %s", seed, text)
                        .isTrue();
            }
            if (LdapSyntax.isDn(text.toString())) {
                names++;
                assertThat(DN.isValidDN(text.toString()))
                        .as("seed %d: %s", seed, text)
                        .isTrue();
            }
        }
        System.out.println(filters + " filters and " + names + " names compared, seed " + seed);
        assertThat(filters).isGreaterThan(1_000);
        assertThat(names).isGreaterThan(100);
    }

    private static boolean isFilter(String text) {
        try {
            return !Filter.create(text).toString().isEmpty();
        } catch (LDAPException e) {
            return false;
        }
    }
}
