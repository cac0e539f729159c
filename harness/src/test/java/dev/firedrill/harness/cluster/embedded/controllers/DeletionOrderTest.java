package dev.firedrill.harness.cluster.embedded.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeletionOrderTest {
    @Test
    void what_does_least_is_given_up_first() {
        Pod ready = Given.pod("ready", true);
        List<Pod> order = List.of(
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("unassigned")
                        .endMetadata()
                        .editSpec()
                        .withNodeName(null)
                        .endSpec()
                        .build(),
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("pending")
                        .endMetadata()
                        .editStatus()
                        .withPhase("Pending")
                        .endStatus()
                        .build(),
                Given.pod("not-ready", false),
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("cheap")
                        .addToAnnotations("controller.kubernetes.io/pod-deletion-cost", "-5")
                        .endMetadata()
                        .build(),
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("newly-ready")
                        .endMetadata()
                        .editStatus()
                        .editFirstCondition()
                        .withLastTransitionTime("2026-01-01T11:59:00Z")
                        .endCondition()
                        .endStatus()
                        .build(),
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("restarting")
                        .endMetadata()
                        .editStatus()
                        .addNewContainerStatus()
                        .withRestartCount(3)
                        .endContainerStatus()
                        .endStatus()
                        .build(),
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("young")
                        .withCreationTimestamp("2026-01-01T10:30:00Z")
                        .endMetadata()
                        .build(),
                ready,
                new PodBuilder(ready)
                        .editMetadata()
                        .withName("dear")
                        .addToAnnotations("controller.kubernetes.io/pod-deletion-cost", "5")
                        .endMetadata()
                        .build());
        List<Pod> shuffled = new ArrayList<>(order);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(shuffled.stream().sorted(DeletionOrder.expendableFirst()).map(DeletionOrderTest::name))
                .containsExactlyElementsOf(
                        order.stream().map(DeletionOrderTest::name).toList());
    }

    @Test
    void as_many_are_given_up_as_there_are_too_many() {
        List<Pod> pods = List.of(Given.pod("a", true), Given.pod("b", false), Given.pod("c", true));

        assertThat(ReplicaSets.surplus(pods, 2))
                .extracting(DeletionOrderTest::name)
                .containsExactly("b");
        assertThat(ReplicaSets.surplus(pods, 5)).isEmpty();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }
}
