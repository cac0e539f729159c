package dev.firedrill.harness.incident;

import java.util.Map;

/** The faults that an incident file can name, and what each needs to know. */
public interface FaultCatalogue {
    /** Every kind by the name that files use, such as {@code wrong-config-value}. */
    Map<String, FaultKind> kinds();
}
