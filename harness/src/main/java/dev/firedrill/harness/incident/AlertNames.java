package dev.firedrill.harness.incident;

import dev.firedrill.harness.alert.AlertRule;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks whether an incident's alerts can be sent at all: the silence of one that nobody sends is worth nothing. */
final class AlertNames {
    private final List<AlertRule> rules;

    /** @param rules the system's; empty if they are not known */
    AlertNames(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Checks an alert.
     *
     * @throws ConfigurationException if rules are known, and none of them sends it with its labels
     */
    void check(Cast.Alert alert) {
        if (rules.isEmpty()) {
            return;
        }
        List<AlertRule> named =
                rules.stream().filter(rule -> rule.name().equals(alert.name())).toList();
        if (named.isEmpty()) {
            Set<String> names =
                    new LinkedHashSet<>(rules.stream().map(AlertRule::name).toList());
            throw refused(alert, "the system sends no alert \"" + alert.name() + "\"", alert.name(), names);
        }
        alert.labels().forEach((label, value) -> label(alert, named, label, value));
        boolean sent = named.stream().anyMatch(rule -> alert.labels().entrySet().stream()
                .allMatch(label -> rule.carries(label.getKey(), label.getValue())));
        if (!sent) {
            throw alert.origin()
                    .wrong("the system sends no alert \"" + alert.name() + "\" with all of these labels; allowed: "
                            + String.join(
                                    " or ",
                                    named.stream()
                                            .map(rule -> new TreeMap<>(rule.labels()).toString())
                                            .toList()));
        }
    }

    private static void label(Cast.Alert alert, List<AlertRule> named, String label, String value) {
        if (named.stream().anyMatch(rule -> rule.carries(label, value))) {
            return;
        }
        Set<String> labels = new TreeSet<>(
                named.stream().flatMap(rule -> rule.labels().keySet().stream()).toList());
        if (!labels.contains(label)) {
            throw refused(alert, "alert \"" + alert.name() + "\" has no label \"" + label + "\"", label, labels);
        }
        Set<String> values = new TreeSet<>(named.stream()
                .flatMap(rule -> rule.labels().entrySet().stream())
                .filter(own -> own.getKey().equals(label))
                .map(Map.Entry::getValue)
                .toList());
        throw refused(
                alert, "label \"" + label + "\" of \"" + alert.name() + "\" is never \"" + value + "\"", value, values);
    }

    private static ConfigurationException refused(
            Cast.Alert alert, String complaint, String word, Collection<String> allowed) {
        return alert.origin()
                .wrong(complaint + "; allowed: " + String.join(", ", allowed) + Spelling.guess(word, allowed));
    }
}
