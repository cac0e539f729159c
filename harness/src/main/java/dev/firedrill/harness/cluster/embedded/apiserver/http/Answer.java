package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;

/** What a request is answered with. */
public sealed interface Answer {
    /** All of it at once. */
    record Whole(Reply reply) implements Answer {}

    /** Events, for as long as their client listens. */
    record Events(Feed feed) implements Answer {}

    /** A stream that a pod or the kubelet sends: it needs a connection. */
    record Elsewhere(Passage passage) implements Answer {}

    /** Where events come from. */
    @FunctionalInterface
    interface Feed {
        /**
         * Begins.
         *
         * @param context on which the sink is written to
         */
        void into(WatchSink sink, Context context);
    }

    /** How a request is passed on. */
    @FunctionalInterface
    interface Passage {
        /**
         * Passes it on.
         *
         * @param failure what is told if that fails later on
         * @throws StatusException if it cannot be
         */
        void of(HttpServerRequest http, Failure failure);
    }

    /** Answers when passing on failed. */
    @FunctionalInterface
    interface Failure {
        void refuse(StatusException why);
    }
}
