package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Deployment's conditions while its next status is put together; {@code kubectl rollout status} reads them. */
final class DeploymentConditions {
    static final String AVAILABLE = "Available";
    static final String PROGRESSING = "Progressing";
    static final String NEW_AVAILABLE = "NewReplicaSetAvailable";
    static final String DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";
    static final String PAUSED = "DeploymentPaused";

    private final List<DeploymentCondition> conditions;
    private final Instant now;

    DeploymentConditions(Deployment deployment, Instant now) {
        this.conditions = new ArrayList<>(
                deployment.getStatus() == null
                        ? List.of()
                        : deployment.getStatus().getConditions());
        this.now = now;
    }

    Optional<DeploymentCondition> get(String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    static Optional<DeploymentCondition> progressing(Deployment deployment) {
        return new DeploymentConditions(deployment, Instant.EPOCH).get(PROGRESSING);
    }

    boolean hasReason(String type, String reason) {
        return get(type).filter(c -> reason.equals(c.getReason())).isPresent();
    }

    /** Sets a condition, unless it stands with that status and reason already. */
    void set(String type, String status, String reason, String message) {
        boolean stands = get(type)
                .filter(c -> status.equals(c.getStatus()) && reason.equals(c.getReason()))
                .isPresent();
        if (!stands) {
            renew(type, status, reason, message);
        }
    }

    /** Sets a condition and says that it was updated now, be it the same as before. */
    void renew(String type, String status, String reason, String message) {
        String since = get(type)
                .filter(c -> status.equals(c.getStatus()))
                .map(DeploymentCondition::getLastTransitionTime)
                .orElse(Timestamps.seconds(now));
        remove(type);
        conditions.add(new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastUpdateTime(Timestamps.seconds(now))
                .withLastTransitionTime(since)
                .build());
    }

    void remove(String type) {
        conditions.removeIf(c -> type.equals(c.getType()));
    }

    List<DeploymentCondition> list() {
        return List.copyOf(conditions);
    }
}
