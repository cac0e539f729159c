package dev.firedrill.harness.fault;

import java.util.function.Function;

/**
 * One reversible change of one object. Changes are the whole vocabulary of faults: whoever can read one can undo it, so
 * that putting things back never needs the fault that planned them.
 */
public sealed interface Change permits FieldChange, ObjectCreation, ObjectDeletion, PodDeletion, ToxicChange {
    /** The object that is changed. */
    ObjectRef target();

    /** One line for people: what is done to what. A Secret's values are not in it. */
    String describe();

    /** Handles each kind of change. */
    <T> T fold(Cases<T> cases);

    /** What is done with each kind of change. */
    record Cases<T>(
            Function<FieldChange, T> field,
            Function<ObjectDeletion, T> deletion,
            Function<PodDeletion, T> pod,
            Function<ObjectCreation, T> creation,
            Function<ToxicChange, T> toxic) {}
}
