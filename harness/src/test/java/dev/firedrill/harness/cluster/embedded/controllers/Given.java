package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;

/** Objects as the API would give them. */
final class Given {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Given() {}

    static Pod pod(String name, boolean ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid(name + "-uid")
                .withCreationTimestamp("2026-01-01T10:00:00Z")
                .addToLabels("app", "api")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node")
                .addNewContainer()
                .withName("api")
                .addNewPort()
                .withName("web")
                .withContainerPort(8080)
                .withProtocol("TCP")
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("127.1.128." + (1 + Math.floorMod(name.hashCode(), 250)))
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .withLastTransitionTime("2026-01-01T11:00:00Z")
                        .build())
                .endStatus()
                .build();
    }

    /** A ReplicaSet with this many wanted and this many available pods; a later age is an older one. */
    static ReplicaSet set(String name, int wanted, int available, int hoursOld) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid(name + "-uid")
                .withGeneration(1L)
                .withCreationTimestamp(Timestamps.seconds(NOW.minusSeconds(3600L * hoursOld)))
                .endMetadata()
                .withNewSpec()
                .withReplicas(wanted)
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("version", name)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReplicas(wanted)
                .withReadyReplicas(available)
                .withAvailableReplicas(available)
                .withObservedGeneration(1L)
                .endStatus()
                .build();
    }

    static ReplicaSet annotated(ReplicaSet set, String annotation, int value) {
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .addToAnnotations("deployment.kubernetes.io/" + annotation, Integer.toString(value))
                .endMetadata()
                .build();
    }

    static Deployment deployment(int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("api")
                .withUid("api-uid")
                .withGeneration(2L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withProgressDeadlineSeconds(600)
                .withNewSelector()
                .addToMatchLabels("app", "api")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("version", "fresh")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }
}
