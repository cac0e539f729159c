package dev.firedrill.harness.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * A point between two steps of an injection or of its undo, at which the harness may be killed and everything must
 * still be healed. They follow from the plan, the same for every fault.
 *
 * @param name for people, unique in a plan: {@code "change 1 of 2 made"}
 */
public record CrashPoint(String name) {
    static final CrashPoint KEPT_ON_DISK = new CrashPoint("undo written to disk");
    static final CrashPoint KEPT = new CrashPoint("undo written to the cluster");
    static final CrashPoint AWAITED = new CrashPoint("effect awaited");
    static final CrashPoint FORGOTTEN = new CrashPoint("undo forgotten in the cluster");

    /** Is told when a point is reached; a test ends the engine there by throwing an {@link Error}. */
    @FunctionalInterface
    public interface Listener {
        void reached(CrashPoint point);
    }

    static CrashPoint made(int change, int of) {
        return new CrashPoint("change " + change + " of " + of + " made");
    }

    static CrashPoint putBack(int change, int of) {
        return new CrashPoint("change " + change + " of " + of + " put back");
    }

    /** All points of a plan, in the order in which they are reached by an injection and its undo. */
    public static List<CrashPoint> of(FaultPlan plan) {
        int changes = plan.changes().size();
        List<CrashPoint> points = new ArrayList<>(List.of(KEPT_ON_DISK, KEPT));
        for (int i = 1; i <= changes; i++) {
            points.add(made(i, changes));
        }
        points.add(AWAITED);
        for (int i = changes; i >= 1; i--) {
            points.add(putBack(i, changes));
        }
        points.add(FORGOTTEN);
        return points;
    }
}
