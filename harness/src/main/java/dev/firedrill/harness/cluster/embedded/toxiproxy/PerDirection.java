package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.util.function.Function;

/** One of something for each direction. */
record PerDirection<T>(T upstream, T downstream) {
    static <T> PerDirection<T> of(Function<Direction, T> maker) {
        return new PerDirection<>(maker.apply(Direction.UPSTREAM), maker.apply(Direction.DOWNSTREAM));
    }

    T at(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }
}
