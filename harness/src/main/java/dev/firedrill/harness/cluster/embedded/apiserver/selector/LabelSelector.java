package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import java.util.List;
import java.util.Map;

/**
 * A selector over labels, as in {@code app=api,tier in (web, edge),!old}.
 *
 * @param requirements all must hold
 */
public record LabelSelector(List<Requirement> requirements) {
    /** Matches everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads a selector.
     *
     * @throws dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException (400) if it is malformed
     */
    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new LabelSelectorParser(text).parse());
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
