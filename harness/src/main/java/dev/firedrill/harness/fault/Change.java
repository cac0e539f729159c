package dev.firedrill.harness.fault;

import java.util.function.Function;

/**
 * One reversible change of one object. Changes are the whole vocabulary of faults: whoever can read one can undo it, so
 * that putting things back never needs the fault that planned them.
 */
public sealed interface Change permits FieldChange, ObjectDeletion, PodDeletion {
    /** The object that is changed. */
    ObjectRef target();

    /** One line for people: what is done to what. A Secret's values are not in it. */
    String describe();

    /** Handles each kind of change. */
    <T> T fold(Function<FieldChange, T> field, Function<ObjectDeletion, T> object, Function<PodDeletion, T> pod);
}
