package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Nothing reaches the target that was never accepted: neither an invented change, nor one that was refused, nor a retry
 * under a new id. A change whose outcome is unknown may have reached it or not, under one id.
 */
public record PhantomCheck(Windows windows) implements WorkCheck {
    @Override
    public String expectation() {
        return "nothing arrives that was never accepted";
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        Map<String, Operation> known = new HashMap<>();
        history.accepted().forEach(change -> known.put(change.change(), change));
        Set<String> spoken = new HashSet<>();
        List<String> phantoms = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        for (WorkHistory.Arrived arrived : history.log()) {
            Apply entry = arrived.entry();
            if (known.containsKey(entry.change())) {
                continue;
            }
            Optional<Operation> unknown = history.operations().stream()
                    .filter(operation -> !spoken.contains(operation.id()) && operation.mayHaveMade(entry))
                    .findFirst();
            if (unknown.isPresent()) {
                spoken.add(unknown.get().id());
                known.put(entry.change(), unknown.get());
                allowed.add(inWords(entry) + " stems from operation "
                        + unknown.get().id() + ", whose outcome was unknown");
            } else {
                phantoms.add(inWords(entry) + " reached the target, but was never accepted");
            }
        }
        return Finding.of(
                expectation(),
                phantoms,
                "does the source retry under new ids, or does somebody else edit the same things?",
                Finding.starved(windows, history)
                        .or(() ->
                                history.log().isEmpty() ? Optional.of("nothing reached the target") : Optional.empty()),
                "the target's log (" + Finding.count(history.log().size(), "line") + ") stems from the ledger",
                allowed);
    }

    private static String inWords(Apply entry) {
        return "change '" + entry.change() + "' of '" + entry.key() + "' (version " + entry.version() + ", "
                + entry.action().word() + " as entry " + entry.sequence() + ")";
    }
}
