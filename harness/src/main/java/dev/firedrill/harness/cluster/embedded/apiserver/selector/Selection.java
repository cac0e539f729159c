package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects are asked for: by label and by field. */
public record Selection(LabelSelector labels, FieldSelector fields) {
    /** Everything. */
    public static final Selection EVERYTHING = new Selection(LabelSelector.EVERYTHING, FieldSelector.EVERYTHING);

    /** The same, of the object of that name only; of all where it is empty. */
    public Selection named(String name) {
        if (name.isEmpty()) {
            return this;
        }
        List<Requirement> more = new ArrayList<>(fields.requirements());
        more.add(new Requirement("metadata.name", Requirement.Operator.IN, Set.of(name)));
        return new Selection(labels, new FieldSelector(more));
    }

    public boolean isEverything() {
        return labels.requirements().isEmpty() && fields.requirements().isEmpty();
    }

    public boolean matches(Map<String, String> someLabels, Map<String, String> someFields) {
        return labels.matches(someLabels) && fields.matches(someFields);
    }
}
