package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.timeline.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * People at work: submits changes to a source, one after the other, and writes each into the journal before and after,
 * which is the ledger that delayed work is judged by. The same seed makes the same edits in the same order. A process
 * of the ledger never has two changes under way; after one whose outcome is unknown, a new process goes on.
 *
 * <pre>{@code
 * Workload work = new Workload(dashboard, journal, seed, List.of("welcome", "digest"));
 * work.edit("before", List.of("welcome", "digest"));
 * // break it
 * work.edit("during", List.of("welcome", "digest"));
 * // mend it
 * work.edit("after", List.of("welcome"));
 * }</pre>
 */
public final class Workload {
    private final WorkSource source;
    private final Journal journal;
    private final Random random;
    private int operations;
    private int process = 1;

    /**
     * @param seed what order and values of the edits are drawn from
     * @param keys everything that will be edited, for the reader of the journal
     */
    public Workload(WorkSource source, Journal journal, long seed, List<String> keys) {
        this.source = source;
        this.journal = journal;
        this.random = new Random(seed);
        journal.append("harness", EventType.WORK_PLANNED, Map.of("seed", seed, "keys", List.copyOf(keys)));
    }

    /**
     * Gives each of the keys a new value, in an order drawn from the seed.
     *
     * @param window the name of the part of the drill that these changes belong to, such as {@code during}
     * @return how many the source accepted
     */
    public synchronized int edit(String window, List<String> keys) {
        return inDrawnOrder(keys, key -> submit(window, key, Optional.of(drawnValue(window, key))));
    }

    /** Deletes each of the keys, in an order drawn from the seed; see {@link #edit}. */
    public synchronized int delete(String window, List<String> keys) {
        return inDrawnOrder(keys, key -> submit(window, key, Optional.empty()));
    }

    private int inDrawnOrder(List<String> keys, Predicate<String> submission) {
        List<String> order = new ArrayList<>(keys);
        Collections.shuffle(order, random);
        int accepted = 0;
        for (String key : order) {
            accepted += submission.test(key) ? 1 : 0;
        }
        return accepted;
    }

    private String drawnValue(String window, String key) {
        return key + " as edited " + window + ", no. " + (operations + 1) + " "
                + HexFormat.of().toHexDigits((short) random.nextInt(1 << 16));
    }

    private boolean submit(String window, String key, Optional<String> value) {
        operations++;
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operation", operations);
        operation.put("process", "editor-" + process);
        operation.put("window", window);
        operation.put("key", key);
        operation.put("action", value.isPresent() ? "set" : "delete");
        value.ifPresent(text -> operation.put("value", text));
        write(operation, "invoke");
        Submission answer = ask(key, value);
        if (answer instanceof Submission.Accepted accepted) {
            operation.put("change", accepted.change());
            operation.put("version", accepted.version());
            write(operation, "ok");
            return true;
        }
        if (answer instanceof Submission.Refused refused) {
            operation.put("detail", refused.reason());
            write(operation, "fail");
        } else if (answer instanceof Submission.Unknown unknown) {
            operation.put("detail", unknown.reason());
            write(operation, "info");
            process++;
        }
        return false;
    }

    private Submission ask(String key, Optional<String> value) {
        try {
            return source.submit(key, value);
        } catch (RuntimeException e) {
            return new Submission.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private void write(Map<String, Object> operation, String phase) {
        Map<String, Object> data = new LinkedHashMap<>(operation);
        data.put("phase", phase);
        journal.append("harness", EventType.WORK_OPERATION, data);
    }
}
