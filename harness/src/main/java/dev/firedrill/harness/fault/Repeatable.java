package dev.firedrill.harness.fault;

/** A trigger that can be pulled once more after what it surfaced has been put back, so that the repair takes effect. */
public interface Repeatable {
    /** The same trigger, which is to surface nothing this time. */
    Fault again();
}
