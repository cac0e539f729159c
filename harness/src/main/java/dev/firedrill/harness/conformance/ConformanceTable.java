package dev.firedrill.harness.conformance;

import java.util.List;

/** Behaviours by kind of cluster, as Markdown: the table of docs/clusters.md. */
public final class ConformanceTable {
    private ConformanceTable() {}

    /**
     * Writes the table.
     *
     * @param kinds labels of the kinds, one column each
     */
    public static String of(List<String> kinds) {
        StringBuilder table = new StringBuilder("| behaviour | ")
                .append(String.join(" | ", kinds))
                .append(" |\n| --- |")
                .append(" --- |".repeat(kinds.size()))
                .append('\n');
        for (Behaviour behaviour : Conformance.behaviours()) {
            table.append("| `").append(behaviour.id()).append("` ").append(escaped(behaviour.statement()));
            kinds.forEach(kind -> table.append(" | ").append(cell(behaviour, Deviations.ofKind(kind))));
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String cell(Behaviour behaviour, Deviations known) {
        return known.of(behaviour)
                .map(deviation -> deviation.answer().label() + ": " + escaped(deviation.how()))
                .orElse("yes");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
