package dev.firedrill.harness.cluster.embedded.kubelet;

import java.util.HashSet;
import java.util.Set;

/**
 * Hands out the loopback addresses of pods, 127.A.128.1 to 127.A.254.254, each as late again as possible: an address
 * that
 * was just given back may still stand in somebody's connection pool.
 */
final class PodAddresses {
    private static final int FIRST_THIRD = 128;
    private static final int THIRDS = 127;
    private static final int FOURTHS = 254;

    private final String prefix;
    private final Set<Integer> taken = new HashSet<>();
    private int next;

    /** @param prefix the claimed block, such as {@code 127.9} */
    PodAddresses(String prefix) {
        this.prefix = prefix;
    }

    synchronized String take() {
        for (int tried = 0; tried < THIRDS * FOURTHS; tried++) {
            int candidate = next;
            next = (next + 1) % (THIRDS * FOURTHS);
            if (taken.add(candidate)) {
                return prefix + "." + (FIRST_THIRD + candidate / FOURTHS) + "." + (1 + candidate % FOURTHS);
            }
        }
        throw new IllegalStateException("all " + THIRDS * FOURTHS + " addresses of pods are taken");
    }

    synchronized void giveBack(String address) {
        String[] parts = address.split("\\.", -1);
        taken.remove((Integer.parseInt(parts[2]) - FIRST_THIRD) * FOURTHS + Integer.parseInt(parts[3]) - 1);
    }
}
