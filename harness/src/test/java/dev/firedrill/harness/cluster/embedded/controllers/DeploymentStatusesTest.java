package dev.firedrill.harness.cluster.embedded.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentStatusesTest {
    @Test
    void counts_what_there_is_of_all_and_of_the_current_template() {
        DeploymentStatus status = status(Given.deployment(3), Given.set("fresh", 2, 1, 0), Given.set("old", 2, 2, 1));

        assertThat(status.getReplicas()).isEqualTo(4);
        assertThat(status.getUpdatedReplicas()).isEqualTo(2);
        assertThat(status.getReadyReplicas()).isEqualTo(3);
        assertThat(status.getAvailableReplicas()).isEqualTo(3);
        assertThat(status.getUnavailableReplicas()).isEqualTo(1);
        assertThat(status.getObservedGeneration()).isEqualTo(2);
        assertThat(condition(status, "Available").getReason()).isEqualTo("MinimumReplicasAvailable");
        assertThat(condition(status, "Progressing").getMessage()).isEqualTo("ReplicaSet \"fresh\" is progressing.");
    }

    @Test
    void a_rollout_has_succeeded_when_only_available_pods_of_the_current_template_are_left() {
        DeploymentStatus status = status(Given.deployment(3), Given.set("fresh", 3, 3, 0), Given.set("old", 0, 0, 1));

        DeploymentCondition progress = condition(status, "Progressing");
        assertThat(progress.getStatus()).isEqualTo("True");
        assertThat(progress.getReason()).isEqualTo("NewReplicaSetAvailable");
        assertThat(progress.getMessage()).isEqualTo("ReplicaSet \"fresh\" has successfully progressed.");
        assertThat(status.getUnavailableReplicas()).isNull();
    }

    @Test
    void a_rollout_that_stood_still_past_its_deadline_has_timed_out() {
        DeploymentStatus before = status(Given.deployment(3), Given.set("fresh", 1, 0, 0), Given.set("old", 3, 3, 1));
        Deployment stuck = new DeploymentBuilder(Given.deployment(3))
                .withStatus(before)
                .editStatus()
                .editLastCondition()
                .withLastUpdateTime(Timestamps.seconds(Given.NOW.minusSeconds(601)))
                .endCondition()
                .endStatus()
                .build();

        DeploymentStatus status = status(stuck, Given.set("fresh", 1, 0, 0), Given.set("old", 3, 3, 1));

        DeploymentCondition progress = condition(status, "Progressing");
        assertThat(progress.getStatus()).isEqualTo("False");
        assertThat(progress.getReason()).isEqualTo("ProgressDeadlineExceeded");
        assertThat(progress.getMessage()).isEqualTo("ReplicaSet \"fresh\" has timed out progressing.");
    }

    @Test
    void too_few_available_pods_show_as_a_condition() {
        DeploymentStatus status = status(Given.deployment(4), Given.set("fresh", 4, 2, 0), Given.set("old", 0, 0, 1));

        DeploymentCondition available = condition(status, "Available");
        assertThat(available.getStatus()).isEqualTo("False");
        assertThat(available.getReason()).isEqualTo("MinimumReplicasUnavailable");
        assertThat(available.getMessage()).isEqualTo("Deployment does not have minimum availability.");
    }

    private static DeploymentStatus status(Deployment deployment, ReplicaSet fresh, ReplicaSet old) {
        return new DeploymentStatuses(deployment, Optional.of(fresh), List.of(old), Given.NOW).rolling();
    }

    private static DeploymentCondition condition(DeploymentStatus status, String type) {
        return status.getConditions().stream()
                .filter(c -> type.equals(c.getType()))
                .findFirst()
                .orElseThrow();
    }
}
