package dev.firedrill.harness.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * What an injection would do. Nothing has been changed for it.
 *
 * @param description what the fault says of itself
 * @param plan what it would change
 * @param pods the names of the pods that it would touch
 * @param rights what it and its undo need
 * @param proof how its effect would be seen
 * @param doubt why it would not be injected now, as when its effect is there already; empty if it would
 */
public record DryRun(
        FaultDescription description,
        FaultPlan plan,
        List<String> pods,
        List<Right> rights,
        String proof,
        String doubt) {
    public DryRun {
        pods = List.copyOf(pods);
        rights = List.copyOf(rights);
    }

    /** For people, a line for each thing. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(description.title() + ": " + description.harm());
        plan.changes().forEach(change -> lines.add("would change  " + change.describe()));
        lines.add("reaches       " + plan.blastRadius());
        lines.add("touches       " + (pods.isEmpty() ? "no pod" : String.join(", ", pods)));
        rights.forEach(right -> lines.add("needs         " + right));
        lines.add("proof         " + proof);
        if (!doubt.isEmpty()) {
            lines.add("would not be injected now: " + doubt);
        }
        return lines;
    }
}
