package dev.firedrill.harness.fault;

import java.util.List;

/**
 * Brings kinds of faults into the catalogue. To add your own, implement this and name the class in {@code
 * META-INF/services/dev.firedrill.harness.fault.FaultSource}.
 */
public interface FaultSource {
    /** The kinds, in the order in which they are listed. */
    List<FaultKind> kinds();
}
