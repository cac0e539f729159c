package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Toxic;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The toxics of one proxy, in their order, and the connections that they work on. A change works on all open
 * connections when the call returns.
 */
final class Toxics {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Random random;
    private final PerDirection<List<NamedToxic>> chains = PerDirection.of(direction -> new ArrayList<>());
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    Toxics(Random random) {
        this.random = random;
    }

    /** Begins a connection with the toxics that there are; called on its event loop. */
    synchronized void begin(Connection connection) {
        all().forEach(toxic -> connection.link(toxic.direction()).add(toxic.stage(random)));
        connections.add(connection);
        connection.start(connections::remove);
    }

    synchronized List<NamedToxic> all() {
        List<NamedToxic> all = new ArrayList<>(chains.upstream());
        all.addAll(chains.downstream());
        return all;
    }

    synchronized Optional<NamedToxic> named(String name) {
        return all().stream().filter(toxic -> toxic.name().equals(name)).findFirst();
    }

    void add(NamedToxic toxic) {
        List<Future<?>> changes;
        synchronized (this) {
            chain(toxic.direction()).add(toxic);
            changes = onEach(toxic.direction(), link -> link.add(toxic.stage(random)));
        }
        await(changes);
    }

    NamedToxic update(NamedToxic old, Toxic settings, float toxicity) {
        NamedToxic updated = new NamedToxic(old.name(), old.stream(), old.direction(), toxicity, settings);
        List<Future<?>> changes;
        synchronized (this) {
            int index = chain(old.direction()).indexOf(old);
            chain(old.direction()).set(index, updated);
            changes = onEach(old.direction(), link -> link.replace(index, updated.stage(random)));
        }
        await(changes);
        return updated;
    }

    void remove(NamedToxic toxic) {
        List<Future<?>> changes;
        synchronized (this) {
            int index = chain(toxic.direction()).indexOf(toxic);
            chain(toxic.direction()).remove(index);
            changes = onEach(toxic.direction(), link -> link.remove(index));
        }
        await(changes);
    }

    void removeAll() {
        all().forEach(this::remove);
    }

    private List<NamedToxic> chain(Direction direction) {
        return chains.at(direction);
    }

    private List<Future<?>> onEach(Direction direction, Consumer<Link> change) {
        List<Future<?>> changes = new ArrayList<>();
        connections.forEach(connection -> changes.add(connection.loop().submit(() -> {
            if (connection.isOpen()) {
                change.accept(connection.link(direction));
            }
        })));
        return changes;
    }

    /** Never on an event loop, and not while the lock is held that an event loop may wait for. */
    private static void await(List<Future<?>> changes) {
        for (Future<?> change : changes) {
            if (!change.awaitUninterruptibly(PATIENCE.toMillis())) {
                throw new ApiException(
                        500, "a connection did not take the change within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** Closes all connections. */
    void close() {
        connections.forEach(connection -> connection.loop().execute(connection::close));
    }
}
