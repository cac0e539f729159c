package dev.firedrill.reports.html;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.reports.record.PlaceboRecord;
import dev.firedrill.reports.record.PlaceboRecord.Expected;
import dev.firedrill.reports.record.PlaceboRecord.Run;
import java.util.List;
import java.util.Locale;

/** What became of a drill without its faults: a table for each way of leaving them out. */
final class PlaceboTables {
    private final Markup out;
    private final PlaceboRecord placebo;

    PlaceboTables(Markup out, PlaceboRecord placebo) {
        this.out = out;
        this.placebo = placebo;
    }

    void write() {
        out.leaf("h3", "Placebo");
        out.leaf("p", "The same drill without its faults: " + placebo.reason() + ".");
        for (Run run : placebo.runs()) {
            boolean held = run.expectations().stream().allMatch(Expected::held);
            out.open("details", "open", held ? "" : "open").leaf("summary", "with " + run.leaves());
            try (Table table = new Table(
                    out,
                    "placebo",
                    "What every expectation comes to with " + run.leaves(),
                    List.of("Comes to", "Expectation", "Kind", "Why"))) {
                run.expectations().stream().filter(each -> !each.held()).forEach(each -> row(table, each));
                run.expectations().stream().filter(Expected::held).forEach(each -> row(table, each));
            }
            out.close("details");
        }
    }

    private void row(Table table, Expected expected) {
        table.row()
                .cell(words(expected))
                .cell(expected.text())
                .cell(expected.kind().name().toLowerCase(Locale.ROOT))
                .cell(expected.reason())
                .end();
    }

    private static String words(Expected expected) {
        boolean effect = expected.kind() == ExpectationKind.EFFECT;
        if (expected.held()) {
            return effect ? "fails, as it must" : "holds";
        }
        return effect ? "cannot fail" : "does not hold";
    }
}
