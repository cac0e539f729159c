package dev.firedrill.reports.sample;

import dev.firedrill.harness.model.EventType;
import java.util.List;

/** A drill that passed, whose alert came without its fault, too. */
public final class PlaceboRun {
    private static final String PLACEBO = "outage (placebo: nothing injected)";

    private PlaceboRun() {}

    public static Script cannotFail() {
        Script script = new Script()
                .at(0, EventType.RUN_STARTED, "run", "run-1", "cluster", Script.map("kind", "embedded"))
                .drill("outage")
                .at(1, EventType.DRILL_STARTED, "title", "An outage");
        judged(script, 2, "an alert fires", "PASS");
        script.drill(PLACEBO)
                .at(
                        3,
                        EventType.DRILL_STARTED,
                        "title",
                        "An outage: nothing injected",
                        "placebo",
                        Script.map("of", "outage", "leaves", "nothing injected"));
        judged(script, 4, "the placebo's own verdict", "FAIL");
        script.at(5, EventType.DRILL_FINISHED, "verdict", "FAIL")
                .drill("outage")
                .at(
                        6,
                        EventType.PLACEBO_JUDGED,
                        "state",
                        "broken",
                        "reason",
                        "cannot fail: an alert fires",
                        "fingerprint",
                        "abc",
                        "tookMs",
                        3,
                        "runs",
                        List.of(Script.map(
                                "leaves",
                                "nothing injected",
                                "expectations",
                                List.of(
                                        expected("an alert fires", "effect", "PASS", false),
                                        expected("users are well", "invariant", "PASS", true)))));
        judged(script, 7, "without its faults, its effects fail", "INCONCLUSIVE");
        return script.at(8, EventType.DRILL_FINISHED, "verdict", "INCONCLUSIVE")
                .drill("")
                .at(9, EventType.RUN_FINISHED, "verdict", "INCONCLUSIVE");
    }

    private static Object expected(String text, String kind, String verdict, boolean held) {
        return Script.map("text", text, "kind", kind, "verdict", verdict, "reason", "seen", "held", held);
    }

    private static void judged(Script script, double ms, String text, String verdict) {
        script.at(ms, EventType.EXPECTATION_JUDGED, "text", text, "kind", "effect", "verdict", verdict);
    }
}
