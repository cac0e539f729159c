package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * What is taken for an object that is not stored yet, and what it gives up once it is. Whoever closes it without having
 * kept it gives back what was taken, and nothing is given up.
 */
public final class Claim implements AutoCloseable {
    private final List<Runnable> taken = new ArrayList<>();
    private final List<Runnable> givenUp = new ArrayList<>();
    private boolean kept;

    Claim() {}

    /** A claim of nothing. */
    public static Claim nothing() {
        return new Claim();
    }

    /** Something was taken; says how it is given back. */
    void took(Runnable giveBack) {
        taken.add(giveBack);
    }

    /** Something is no longer needed once the object is stored; says how it is freed then. */
    void givesUp(Runnable free) {
        givenUp.add(free);
    }

    /** The object is stored: what was taken stays taken, and what it gave up is free. */
    public void keep() {
        kept = true;
        givenUp.forEach(Runnable::run);
    }

    /** Gives back what was taken, unless the claim was kept. */
    @Override
    public void close() {
        if (!kept) {
            taken.forEach(Runnable::run);
        }
    }
}
