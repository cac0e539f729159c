package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.NotedClasses;
import dev.firedrill.harness.cluster.ProgramImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches from pods which classes they have loaded, for the images of the next cluster. What cannot be had is left. */
final class ClassNotes {
    /** Where lists are kept. */
    static final Path CACHE = NotedClasses.cacheOfUser(System.getenv());

    private static final Logger LOG = LoggerFactory.getLogger(ClassNotes.class);
    private static final int PATIENCE_SECONDS = 10;

    private final KubernetesClient client;
    private final Set<String> tried = new HashSet<>();

    ClassNotes(KubernetesClient client) {
        this.client = client;
    }

    /** Fetches what the ready pods of these images have noted; tells whether that was anything new. */
    synchronized boolean collect(Collection<ProgramImage> images) {
        List<ProgramImage> unknown = images.stream()
                .filter(image ->
                        image.engineImage().isEmpty() && image.mainClass().isPresent())
                .filter(image -> NotedClasses.of(CACHE, image).isEmpty())
                .toList();
        if (unknown.isEmpty()) {
            return false;
        }
        try {
            for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
                if (Readiness.isPodReady(pod)) {
                    pod.getSpec().getContainers().forEach(container -> fetch(pod, container, unknown));
                }
            }
        } catch (KubernetesClientException e) {
            LOG.debug("no pods to ask for their classes", e);
        }
        return unknown.stream().anyMatch(image -> !NotedClasses.of(CACHE, image).isEmpty());
    }

    private void fetch(Pod pod, Container container, List<ProgramImage> images) {
        List<String> arguments = container.getArgs();
        String role = arguments.isEmpty() || arguments.get(0).startsWith("-") ? "" : arguments.get(0);
        for (ProgramImage image : images) {
            if (ImageArchive.tagged(container.getImage()).equals(ImageArchive.tagged(image.name()))
                    && tried.add(image.name() + " " + role)) {
                try {
                    NotedClasses.keep(CACHE, image, role, read(pod, container));
                } catch (IOException | KubernetesClientException e) {
                    LOG.debug("no classes of {}", container.getImage(), e);
                }
            }
        }
    }

    private List<String> read(Pod pod, Container container) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ExecWatch cat = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .inContainer(container.getName())
                .writingOutput(content)
                .exec("cat", ClassData.NOTES)) {
            Integer status = cat.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String text = content.toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            if (status == null || status != 0 || end < 0) {
                throw new IOException("cat ended with " + status);
            }
            return text.substring(0, end).lines().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
