package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A selector over a few fields of an object, as in {@code metadata.name=api,status.phase!=Running}.
 *
 * @param requirements all must hold
 */
public record FieldSelector(List<Requirement> requirements) {
    /** Matches everything. */
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    /** How many fields every kind has. */
    private static final int GENERIC = 2;

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads a selector.
     *
     * @param known the fields that may be selected by, each with its name in kept objects
     * @throws StatusException (400) if it is malformed or names another field
     */
    public static FieldSelector parse(String text, Map<String, String> known) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String term : text.split(",", -1)) {
            requirements.add(requirement(term.strip(), known));
        }
        return new FieldSelector(requirements);
    }

    private static Requirement requirement(String term, Map<String, String> known) {
        for (String operator : List.of("!=", "==", "=")) {
            int at = term.indexOf(operator);
            if (at > 0) {
                String field = term.substring(0, at);
                String kept = known.get(field);
                if (kept == null) {
                    throw StatusException.badRequest(
                            known.size() > GENERIC
                                    ? "field label not supported: " + field
                                    : "\"" + field + "\" is not a known field selector: only \"metadata.name\", "
                                            + "\"metadata.namespace\"");
                }
                Requirement.Operator kind =
                        operator.equals("!=") ? Requirement.Operator.NOT_IN : Requirement.Operator.IN;
                return new Requirement(kept, kind, Set.of(term.substring(at + operator.length())));
            }
        }
        throw StatusException.badRequest("invalid selector: '" + term + "'; can't understand '" + term + "'");
    }

    /** The one name that it asks for, or null if it does not ask for one. */
    public @Nullable String name() {
        for (Requirement requirement : requirements) {
            if (requirement.key().equals("metadata.name") && requirement.operator() == Requirement.Operator.IN) {
                return requirement.values().iterator().next();
            }
        }
        return null;
    }

    public boolean matches(Map<String, String> fields) {
        for (Requirement requirement : requirements) {
            boolean equal = requirement.values().contains(fields.getOrDefault(requirement.key(), ""));
            if (equal != (requirement.operator() == Requirement.Operator.IN)) {
                return false;
            }
        }
        return true;
    }
}
