package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        Map<String, Operation> unknown = attributed(history);
        Set<String> accepted =
                history.accepted().stream().map(Operation::change).collect(Collectors.toSet());
        List<String> phantoms = new ArrayList<>();
        Map<String, String> allowed = new LinkedHashMap<>();
        for (WorkHistory.Arrived arrived : history.log()) {
            Apply entry = arrived.entry();
            Operation origin = unknown.get(entry.change());
            if (origin != null) {
                allowed.putIfAbsent(
                        entry.change(),
                        inWords(entry) + " stems from operation " + origin.id() + ", whose outcome was unknown");
            } else if (!accepted.contains(entry.change())) {
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
                List.copyOf(allowed.values()));
    }

    /**
     * The changes that are explained by operations of unknown outcome, each by another. Entries that tell their value
     * are explained first, since of the others, which may be deletions, any operation on the same key can be the
     * origin.
     */
    private static Map<String, Operation> attributed(WorkHistory history) {
        Set<String> explained =
                history.accepted().stream().map(Operation::change).collect(Collectors.toCollection(HashSet::new));
        List<Operation> open = new ArrayList<>(history.operations());
        Map<String, Operation> origins = new HashMap<>();
        for (boolean withValue : new boolean[] {true, false}) {
            for (WorkHistory.Arrived arrived : history.log()) {
                Apply entry = arrived.entry();
                Optional<Operation> origin =
                        entry.value().isPresent() == withValue && !explained.contains(entry.change())
                                ? open.stream()
                                        .filter(operation -> operation.mayHaveMade(entry))
                                        .findFirst()
                                : Optional.empty();
                origin.ifPresent(operation -> {
                    open.remove(operation);
                    explained.add(entry.change());
                    origins.put(entry.change(), operation);
                });
            }
        }
        return origins;
    }

    private static String inWords(Apply entry) {
        return "change '" + entry.change() + "' of '" + entry.key() + "' (version " + entry.version() + ", "
                + entry.action().word() + " as entry " + entry.sequence() + ")";
    }
}
