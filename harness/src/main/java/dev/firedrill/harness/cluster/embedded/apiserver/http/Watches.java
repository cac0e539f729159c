package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.RevisionExpiredException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.Subscriber;
import dev.firedrill.harness.cluster.embedded.apiserver.store.WatchEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Starts watches. */
final class Watches {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Vertx vertx;
    private final ObjectStore store;
    /** How long before its end a watch is told once more how far it has come, as a real API server does. */
    private static final Duration LAST_BOOKMARK = Duration.ofSeconds(2);

    private final Duration bookmarks;

    /**
     * @param bookmarks how often a watch is told how far it has come
     */
    Watches(Vertx vertx, ObjectStore store, Duration bookmarks) {
        this.vertx = vertx;
        this.store = store;
        this.bookmarks = bookmarks;
    }

    /** What a watch asks for. */
    private record Terms(
            ResourceKind kind,
            String namespace,
            Selection selection,
            long since,
            boolean bookmarks,
            boolean initialEvents,
            boolean changesOnly,
            Duration life) {}

    /**
     * Where the events come from that a request asks for.
     *
     * @throws StatusException if what it asks for cannot be had
     */
    Answer.Feed feed(ResourceKind kind, ResourcePath path, ApiRequest request) {
        if (Form.Encoding.of(request.accept()) != Form.Encoding.JSON) {
            throw StatusException.notAcceptable("application/json;stream=watch");
        }
        Terms terms = terms(kind, path, request);
        Rendering rendering = Renderings.of(kind, request);
        return (sink, context) -> run(terms, rendering, context, sink);
    }

    private Terms terms(ResourceKind kind, ResourcePath path, ApiRequest request) {
        boolean initial = request.flag("sendInitialEvents");
        boolean bookmarked = request.flag("allowWatchBookmarks");
        ListOptions.checkWatch(request);
        String seconds = request.query("timeoutSeconds");
        Duration life = seconds != null && seconds.matches("[1-9]\\d{0,5}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : LONGEST;
        return new Terms(
                kind,
                path.namespace(),
                Reads.selection(kind, request).named(path.name()),
                Revisions.parseForOne(request.query("resourceVersion")),
                bookmarked,
                initial,
                !initial && request.query("sendInitialEvents") != null,
                life);
    }

    private void run(Terms terms, Rendering rendering, Context context, WatchSink sink) {
        WatchSession session =
                new WatchSession(terms.kind(), rendering, context, sink, terms.initialEvents() && terms.bookmarks());
        long end = vertx.setTimer(terms.life().toMillis(), now -> session.finish());
        Duration untilLast = terms.life().minus(LAST_BOOKMARK);
        boolean marked = terms.bookmarks() && untilLast.compareTo(Duration.ZERO) > 0;
        long last = marked ? vertx.setTimer(untilLast.toMillis(), now -> session.bookmark()) : -1;
        long ticking = terms.bookmarks() ? vertx.setPeriodic(bookmarks.toMillis(), now -> session.bookmark()) : -1;
        session.onEnd(() -> {
            vertx.cancelTimer(end);
            vertx.cancelTimer(last);
            vertx.cancelTimer(ticking);
        });
        subscribe(terms, session);
    }

    private void subscribe(Terms terms, WatchSession session) {
        try {
            if (terms.changesOnly()) {
                long since = terms.since() <= 0 ? store.revision() : terms.since();
                session.feedFrom(store.watchSince(terms.kind(), terms.namespace(), terms.selection(), since, session));
            } else if (terms.since() <= 0 || terms.initialEvents()) {
                Subscriber subscriber = terms.initialEvents() && terms.bookmarks() ? session : withoutMark(session);
                session.feedFrom(store.watchAll(terms.kind(), terms.namespace(), terms.selection(), subscriber));
            } else {
                session.feedFrom(
                        store.watchSince(terms.kind(), terms.namespace(), terms.selection(), terms.since(), session));
            }
        } catch (RevisionExpiredException expired) {
            session.refuse(StatusException.expired(String.valueOf(expired.getMessage())));
        }
    }

    /** The same, without the bookmark that ends the initial events. */
    private static Subscriber withoutMark(WatchSession session) {
        return new Subscriber() {
            private boolean first = true;

            @Override
            public void event(WatchEvent event) {
                session.event(event);
            }

            @Override
            public void caughtUp(long revision) {
                if (!first) {
                    session.caughtUp(revision);
                }
                first = false;
            }
        };
    }
}
