package org.bridgehead.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.bridgehead.core.directory.LookUpFigures;
import org.bridgehead.engine.Control;

/** Figures of look-ups at domain controllers; whether each one is asked is among those of servers. */
final class DirectoryMetrics {
    private final Control control;

    DirectoryMetrics(Control control) {
        this.control = control;
    }

    /** Nothing where no domain controller is asked. */
    void register(MeterRegistry registry) {
        if (control.lookUps().isEmpty()) {
            return;
        }
        counter(
                registry,
                "lookups",
                LookUpFigures::questions,
                "Questions to the directory: addresses, names, pages of groups");
        counter(registry, "cache.hits", LookUpFigures::cached, "Questions to the directory answered from memory");
        counter(registry, "requests", LookUpFigures::requests, "Tries at a domain controller");
        counter(registry, "failures", LookUpFigures::failures, "Tries at a domain controller that failed");
        counter(
                registry,
                "unavailable",
                LookUpFigures::unavailable,
                "Questions that no domain controller could answer");
    }

    private void counter(MeterRegistry registry, String name, ToDoubleFunction<LookUpFigures> figure, String what) {
        FunctionCounter.builder(
                        "bridgehead.directory." + name,
                        control,
                        its -> its.lookUps().map(figure::applyAsDouble).orElse(0.0))
                .description(what)
                .register(registry);
    }
}
