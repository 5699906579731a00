package org.bridgehead.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A verb that asks or tells a running engine. */
abstract class AdminVerb extends Verb {
    @Mixin
    AdminOptions admin = new AdminOptions();

    /** Asks the engine and prints what it says. */
    abstract int ask(AdminClient engine) throws IOException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        return admin.ask(this::ask);
    }

    /** A list of objects. */
    static List<Map<String, @Nullable Object>> items(@Nullable Object answer) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        if (answer instanceof List<?> list) {
            list.forEach(item -> items.add(AdminClient.fields(item)));
        }
        return items;
    }

    /**
     * Prints a list.
     *
     * @param shown columns for people
     * @param all columns for programs
     */
    final void print(List<Map<String, @Nullable Object>> items, List<String> shown, List<String> all, String none) {
        Output output = output();
        if (output.isTable() && items.isEmpty()) {
            output.text().println(none);
            output.text().flush();
            return;
        }
        List<String> columns = output.isTable() ? shown : all;
        try (Rows rows = output.rows(columns.toArray(new String[0]))) {
            for (Map<String, @Nullable Object> item : items) {
                rows.row(columns.stream().map(item::get).map(AdminVerb::shownAs).toArray());
            }
        }
    }

    private static @Nullable Object shownAs(@Nullable Object value) {
        return "".equals(value) ? null : value;
    }

    /** Prints what was done: the answer for programs, a line for people. */
    final void done(Map<String, @Nullable Object> answer, String line) {
        Output output = output();
        if (output.isTable()) {
            output.text().println(line);
            output.text().flush();
        } else {
            output.record(answer);
        }
    }
}
