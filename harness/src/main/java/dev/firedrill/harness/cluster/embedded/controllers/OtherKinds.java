package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds for which there is no controller. They are watched for their owners' sake alone, and not before somebody
 * needs to know of all objects: a cluster that has just begun has better things to do.
 */
final class OtherKinds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OtherKinds.class);

    private final KubernetesClient client;
    private final Set<String> watchedAnyway;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private BiConsumer<HasMetadata, ServedKind> seen = (object, kind) -> {};
    private Consumer<HasMetadata> gone = object -> {};
    private Runnable whenComplete = () -> {};
    private @Nullable List<ServedKind> kinds;
    private @Nullable CompletableFuture<Void> watching;
    private volatile boolean closed;

    /**
     * Nothing is watched yet.
     *
     * @param watchedAnyway kinds that somebody else watches
     */
    OtherKinds(KubernetesClient client, Set<String> watchedAnyway) {
        this.client = client;
        this.watchedAnyway = Set.copyOf(watchedAnyway);
    }

    void follow(BiConsumer<HasMetadata, ServedKind> onSeen, Consumer<HasMetadata> onGone) {
        seen = onSeen;
        gone = onGone;
    }

    void whenComplete(Runnable action) {
        whenComplete = action;
    }

    synchronized List<ServedKind> all() {
        List<ServedKind> known = kinds;
        if (known == null) {
            known = ServedKind.discover(client);
            kinds = known;
        }
        return known;
    }

    /** How the server serves a kind; empty if it does not. The version does not matter, only its group. */
    Optional<ServedKind> find(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return all().stream()
                .filter(k -> k.group().equals(group) && k.kind().equals(kind))
                .findFirst();
    }

    /** Begins to watch all kinds, unless that has been begun; complete when each has been listed. */
    synchronized CompletableFuture<Void> watchAll() {
        CompletableFuture<Void> begun = watching;
        if (begun != null && !begun.isCompletedExceptionally()) {
            return begun;
        }
        List<CompletableFuture<?>> listed = new ArrayList<>();
        for (ServedKind kind : all()) {
            boolean followable = kind.verbs().containsAll(Set.of("list", "watch", "delete"));
            if (followable && !closed && !kind.isEvent() && !watchedAnyway.contains(kind.kind())) {
                listed.add(watch(kind));
            }
        }
        begun = CompletableFuture.allOf(listed.toArray(CompletableFuture[]::new));
        watching = begun;
        var unused = begun.thenRun(() -> whenComplete.run());
        return begun;
    }

    /** The same, for whom the end of it does not matter; tried again when it is needed if it fails. */
    void beginToWatch() {
        try {
            var unused = watchAll();
        } catch (KubernetesClientException e) {
            log.debug("not all kinds can be watched yet", e);
        }
    }

    private CompletableFuture<Void> watch(ServedKind kind) {
        SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(kind.context())
                .inAnyNamespace()
                .runnableInformer(0)
                .exceptionHandler((started, e) -> !closed);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource object) {
                seen.accept(object, kind);
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                seen.accept(after, kind);
            }

            @Override
            public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
                gone.accept(object);
            }
        });
        informers.add(informer);
        return informer.start().toCompletableFuture();
    }

    @Override
    public synchronized void close() {
        closed = true;
        informers.forEach(SharedIndexInformer::close);
    }
}
