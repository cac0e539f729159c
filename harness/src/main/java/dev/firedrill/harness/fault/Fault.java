package dev.firedrill.harness.fault;

/**
 * One way of breaking something, as data: it says what it harms, plans its changes and names the proof of its effect.
 * It changes nothing itself: {@link FaultEngine} derives the injection, the undo and the dry run from the plan, the
 * same for every fault.
 *
 * <pre>{@code
 * Fault fault = BrokenService.selectingNothing("ingress-internal", 8081);
 * }</pre>
 */
public interface Fault {
    /** What it is and what it harms. Must not touch the cluster. */
    FaultDescription describe();

    /**
     * The changes, in order, with the values that they replace as they are now.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if the target is not there or has no such part
     */
    FaultPlan plan(FaultScene scene);

    /** How its effect is seen from outside of what was written. */
    Proof proof();
}
