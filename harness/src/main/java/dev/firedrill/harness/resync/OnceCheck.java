package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No change took effect twice, neither under its id nor, as the same version of a key, under another. */
public record OnceCheck(Windows windows) implements WorkCheck {
    private record Made(String key, long version) {}

    @Override
    public String expectation() {
        return "every change is applied at most once";
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        List<String> twice = new ArrayList<>();
        Map<String, Apply> byChange = new HashMap<>();
        Map<Made, Apply> byVersion = new HashMap<>();
        for (WorkHistory.Arrived arrived : history.log()) {
            Apply entry = arrived.entry();
            if (!entry.tookEffect()) {
                continue;
            }
            Apply sameChange = byChange.putIfAbsent(entry.change(), entry);
            Apply sameVersion = byVersion.putIfAbsent(new Made(entry.key(), entry.version()), entry);
            if (sameChange != null) {
                twice.add("change '" + entry.change() + "' of '" + entry.key() + "' was applied twice (entries "
                        + sameChange.sequence() + " and " + entry.sequence() + " of the target's log)");
            } else if (sameVersion != null) {
                twice.add("version " + entry.version() + " of '" + entry.key() + "' was applied twice, as change '"
                        + sameVersion.change() + "' (entry " + sameVersion.sequence() + ") and as change '"
                        + entry.change() + "' (entry " + entry.sequence() + ")");
            }
        }
        return Finding.of(
                expectation(),
                twice,
                "is applying idempotent by the change's id, and does a retry keep it?",
                Finding.starved(windows, history)
                        .or(() -> byChange.isEmpty() ? Optional.of("the target applied nothing") : Optional.empty()),
                Finding.count(byChange.size(), "change") + " applied, none twice",
                List.of());
    }
}
