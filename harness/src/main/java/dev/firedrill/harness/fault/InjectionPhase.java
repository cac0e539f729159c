package dev.firedrill.harness.fault;

import java.util.Locale;

/** What an injection is for. */
public enum InjectionPhase {
    /** Breaks something at once. */
    INJECT,
    /** Changes something that must stay invisible until its trigger. */
    PLANT,
    /** Surfaces what was planted. */
    TRIGGER,
    /** Pulls a trigger once more, so that what was put back takes effect. */
    SETTLE,
    /** No fault at all: an operator's change, which is put back like one. */
    OPERATE;

    /** Whether it must have an effect that is seen from the outside. */
    boolean takesEffect() {
        return this == INJECT || this == TRIGGER;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
