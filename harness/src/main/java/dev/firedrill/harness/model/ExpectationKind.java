package dev.firedrill.harness.model;

/** What an expectation says about the fault; a placebo run, coverage and reports need to know which. */
public enum ExpectationKind {
    /** Holds because of the fault and must not hold without it: "the alert fires". */
    EFFECT,
    /** Holds with the fault and without it: "the public route serves every request". */
    INVARIANT
}
