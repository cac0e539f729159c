package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.FaultCatalogue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What an incident file may speak of beyond itself.
 *
 * @param systems the names of the systems that can be drilled
 * @param faults the faults that can be named
 */
public record Vocabulary(Set<String> systems, FaultCatalogue faults) {
    public Vocabulary {
        systems = Collections.unmodifiableSet(new LinkedHashSet<>(systems));
        Objects.requireNonNull(faults, "faults");
    }
}
