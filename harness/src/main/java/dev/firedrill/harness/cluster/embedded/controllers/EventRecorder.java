package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Events about objects, in the order in which they are given, without delaying whoever gives them. What repeats
 * itself to the letter is counted on one Event, and what differs only in its message is combined into one from the
 * tenth on, which has the latest message.
 * <p>Source: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
final class EventRecorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
    private static final int REMEMBERED = 4_096;
    private static final int SIMILAR = 10;
    private static final String COMBINED = "(combined from similar events): ";
    private static final int SIMILAR_WITHIN_SECONDS = 600;
    private static final int NOT_FOUND = 404;

    private record Subject(String component, @Nullable String uid, String type, String reason) {}

    private record Sentence(Subject subject, String message) {}

    private record Similar(int count, Instant since) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Sentence, Event> recorded = remembering();
    private final Map<Subject, Similar> similar = remembering();
    private final ExecutorService writer = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1_000), task -> Threads.daemon(task, "events"));

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    void normal(String component, HasMetadata about, String reason, String message) {
        record(component, about, "Normal", reason, message);
    }

    void warning(String component, HasMetadata about, String reason, String message) {
        record(component, about, "Warning", reason, message);
    }

    private void record(String component, HasMetadata about, String type, String reason, String message) {
        Instant now = clock.instant();
        ObjectReference reference = reference(about);
        submit(reference, () -> write(component, reference, type, reason, message, now));
    }

    /**
     * Records what a scheduler did: in the newer form, with the moment alone, which is not counted.
     *
     * <p>Source: k8s.io/client-go, {@code tools/events} (what a scheduler records).
     *
     * @param action what it tried: Binding or Scheduling
     */
    void scheduling(String scheduler, HasMetadata about, String type, String reason, String action, String note) {
        Instant now = clock.instant();
        ObjectReference reference = reference(about);
        submit(reference, () -> client.resource(new io.fabric8.kubernetes.api.model.events.v1.EventBuilder()
                        .withMetadata(metadata(reference, now))
                        .withRegarding(reference)
                        .withType(type)
                        .withReason(reason)
                        .withAction(action)
                        .withNote(note)
                        .withReportingController(scheduler)
                        .withReportingInstance(scheduler + "-embedded")
                        .withEventTime(new MicroTime(Timestamps.micros(now)))
                        .build())
                .create());
    }

    private void submit(ObjectReference about, Runnable write) {
        try {
            writer.execute(() -> {
                try {
                    write.run();
                } catch (KubernetesClientException e) {
                    log.debug("an event about {} could not be written", about, e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("an event about {} is dropped: too many wait, or the controllers end", about);
        }
    }

    private static ObjectReference reference(HasMetadata about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .build();
    }

    private void write(
            String component, ObjectReference about, String type, String reason, String message, Instant now) {
        Subject subject = new Subject(component, about.getUid(), type, reason);
        boolean combined = combines(new Sentence(subject, message), now);
        Sentence sentence = new Sentence(subject, combined ? COMBINED : message);
        String text = combined ? COMBINED + message : message;
        Event before = recorded.get(sentence);
        Event after = before == null ? null : count(before, text, now);
        recorded.put(sentence, after == null ? create(component, about, type, reason, text, now) : after);
    }

    /** Whether one Event stands for all of its kind, since there have been many different ones. */
    private boolean combines(Sentence sentence, Instant now) {
        if (recorded.containsKey(sentence)) {
            return false;
        }
        Similar before = similar.get(sentence.subject());
        boolean recent = before != null && now.isBefore(before.since().plusSeconds(SIMILAR_WITHIN_SECONDS));
        Similar after =
                before != null && recent ? new Similar(before.count() + 1, before.since()) : new Similar(1, now);
        similar.put(sentence.subject(), after);
        return after.count() >= SIMILAR;
    }

    private @Nullable Event count(Event before, String text, Instant now) {
        Event after = new EventBuilder(before)
                .withCount(before.getCount() + 1)
                .withLastTimestamp(Timestamps.seconds(now))
                .withMessage(text)
                .build();
        try {
            return client.resource(before).patch(PatchContext.of(PatchType.JSON_MERGE), after);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private Event create(
            String component, ObjectReference about, String type, String reason, String message, Instant now) {
        return client.resource(new EventBuilder()
                        .withMetadata(metadata(about, now))
                        .withInvolvedObject(about)
                        .withType(type)
                        .withReason(reason)
                        .withMessage(message)
                        .withNewSource()
                        .withComponent(component)
                        .endSource()
                        .withReportingComponent(component)
                        .withReportingInstance("")
                        .withCount(1)
                        .withFirstTimestamp(Timestamps.seconds(now))
                        .withLastTimestamp(Timestamps.seconds(now))
                        .build())
                .create();
    }

    private ObjectMeta metadata(ObjectReference about, Instant now) {
        return new ObjectMetaBuilder()
                .withNamespace(Objects.requireNonNullElse(about.getNamespace(), "default"))
                .withName(about.getName() + "." + Long.toHexString(uniqueNanos(now)))
                .build();
    }

    private long lastNanos;

    private long uniqueNanos(Instant now) {
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        lastNanos = Math.max(lastNanos + 1, nanos);
        return lastNanos;
    }

    /** Writes what waits, for a second at most. */
    @Override
    public void close() {
        writer.shutdown();
        Threads.await(writer, 1);
    }
}
