package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes Events that were last seen long ago; run now and then. */
final class EventExpiry implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(EventExpiry.class);

    private final KubernetesClient client;
    private final Writer writer;
    private final Duration kept;
    private final Clock clock;

    EventExpiry(KubernetesClient client, Writer writer, Duration kept, Clock clock) {
        this.client = client;
        this.writer = writer;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant since = clock.instant().minus(kept);
        try {
            client.v1().events().inAnyNamespace().list().getItems().stream()
                    .filter(event -> lastSeen(event).isBefore(since))
                    .forEach(event -> writer.delete(
                            Writer.path(event), event.getMetadata().getUid(), "Background"));
        } catch (KubernetesClientException e) {
            log.debug("old events are kept until the next round", e);
        }
    }

    static Instant lastSeen(Event event) {
        String text = event.getMetadata().getCreationTimestamp();
        if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            text = event.getSeries().getLastObservedTime().getTime();
        } else if (event.getLastTimestamp() != null) {
            text = event.getLastTimestamp();
        } else if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
            text = event.getEventTime().getTime();
        }
        return Timestamps.parse(Objects.requireNonNull(text, "an event without any time"));
    }
}
