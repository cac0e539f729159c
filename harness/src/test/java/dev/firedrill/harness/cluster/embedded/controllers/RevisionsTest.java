package dev.firedrill.harness.cluster.embedded.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionsTest {
    private final Deployment deployment = new DeploymentBuilder(Given.deployment(3))
            .editMetadata()
            .addToAnnotations("kubernetes.io/change-cause", "a fix")
            .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
            .addToAnnotations("deployment.kubernetes.io/revision", "4")
            .endMetadata()
            .build();

    @Test
    void a_new_revision_takes_the_annotations_that_concern_it() {
        assertThat(Revisions.first(deployment, 5, new RolloutLimits(3, 1, 0)))
                .isEqualTo(Map.of(
                        "kubernetes.io/change-cause", "a fix",
                        "deployment.kubernetes.io/revision", "5",
                        "deployment.kubernetes.io/desired-replicas", "3",
                        "deployment.kubernetes.io/max-replicas", "4"));
    }

    @Test
    void a_revision_that_comes_back_gets_a_new_number_and_remembers_the_old_ones() {
        ReplicaSet once = Given.annotated(Given.set("once", 0, 0, 1), "revision", 2);
        ReplicaSet twice = Given.set("twice", 0, 0, 1);
        twice.getMetadata().setAnnotations(Revisions.refreshed(once, deployment, 5));

        assertThat(twice.getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "5")
                .containsEntry("deployment.kubernetes.io/revision-history", "2");
        assertThat(Revisions.refreshed(twice, deployment, 7))
                .containsEntry("deployment.kubernetes.io/revision", "7")
                .containsEntry("deployment.kubernetes.io/revision-history", "2,5");
        assertThat(Revisions.refreshed(twice, deployment, 3)).containsEntry("deployment.kubernetes.io/revision", "5");
    }

    @Test
    void a_revision_may_be_as_large_as_a_whole_number_and_what_is_none_counts_as_nothing() {
        ReplicaSet large = Given.set("large", 0, 0, 1);
        large.getMetadata().setAnnotations(Map.of("deployment.kubernetes.io/revision", "3546343826724305832"));
        ReplicaSet none = Given.set("none", 0, 0, 1);
        none.getMetadata().setAnnotations(Map.of("deployment.kubernetes.io/revision", "latest"));

        assertThat(Revisions.next(List.of(large, none))).isEqualTo(3546343826724305833L);
        assertThat(Revisions.next(List.of(none))).isEqualTo(1);
    }

    @Test
    void history_beyond_its_limit_is_forgotten_oldest_first_unless_it_is_in_use() {
        Deployment two = new DeploymentBuilder(deployment)
                .editSpec()
                .withRevisionHistoryLimit(2)
                .endSpec()
                .build();
        List<ReplicaSet> old = List.of(
                Given.annotated(Given.set("fourth", 0, 0, 1), "revision", 4),
                Given.annotated(Given.set("first", 0, 0, 4), "revision", 1),
                Given.annotated(Given.set("second-in-use", 1, 1, 3), "revision", 2),
                Given.annotated(Given.set("third", 0, 0, 2), "revision", 3));

        assertThat(Revisions.forgotten(two, old))
                .extracting(set -> set.getMetadata().getName())
                .containsExactly("first");
    }
}
