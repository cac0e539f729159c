package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Noop;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Stage;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Toxic;
import java.util.Random;

/**
 * A toxic of a proxy.
 *
 * @param name unique in its proxy
 * @param stream the direction as it was written
 * @param direction what that means
 * @param toxicity the share of connections that it works on, from 0 to 1
 * @param toxic what it does
 */
record NamedToxic(String name, String stream, Direction direction, float toxicity, Toxic toxic) {
    /** At work on one connection, or left out there. */
    Stage stage(Random random) {
        return (random.nextFloat() < toxicity ? toxic : new Noop()).stage(random);
    }
}
