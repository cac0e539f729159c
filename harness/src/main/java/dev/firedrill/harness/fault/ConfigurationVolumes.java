package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the nodes look at a changed ConfigMap now. A volume follows its ConfigMap whenever its pod is looked at, which
 * happens every minute or so, or when the pod's object changes: an annotation is enough.
 *
 * <p>Source: Kubernetes, "Mounted ConfigMaps are updated automatically".
 */
final class ConfigurationVolumes {
    static final String ANNOTATION = "firedrill.dev/configuration-changed-at";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationVolumes.class);

    private final KubernetesClient client;
    private final String namespace;

    ConfigurationVolumes(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Annotates the pods that mount a ConfigMap; without the right to do so, the volumes follow later. */
    void follow(ObjectRef changed) {
        if (!changed.kind().equals("ConfigMap")) {
            return;
        }
        String patch = """
                {"metadata": {"annotations": {"%s": "%s"}}}
                """.formatted(ANNOTATION, Instant.now());
        try {
            for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
                if (new PodReads(pod.getSpec()).mounts(changed)) {
                    client.pods()
                            .inNamespace(namespace)
                            .withName(pod.getMetadata().getName())
                            .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
                }
            }
        } catch (KubernetesClientException e) {
            LOG.info("volumes of {} follow when their nodes look at them: {}", changed, e.getMessage());
        }
    }
}
