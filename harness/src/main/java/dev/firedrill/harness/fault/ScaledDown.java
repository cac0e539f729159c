package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A Deployment without any pod: its program is away until the fault is undone. */
public final class ScaledDown implements Fault {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration EFFECT = Duration.ofSeconds(60);

    private final String deployment;

    private ScaledDown(String deployment) {
        this.deployment = deployment;
    }

    /** Takes every pod of a Deployment away. What its pods kept in an emptyDir is lost. */
    public static ScaledDown toZero(String deployment) {
        return new ScaledDown(deployment);
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                "scaled-down",
                "Deployment/" + deployment,
                "the Deployment has no pods, and its program is away",
                Map.of("deployment", deployment));
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        FieldChange change = new ObjectFields(scene.client(), scene.namespace())
                .set(
                        new ObjectRef("apps/v1", "Deployment", deployment),
                        "/spec/replicas",
                        JSON.getNodeFactory().numberNode(0));
        return new FaultPlan(List.of(change), "every pod of Deployment " + deployment);
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return "no pod of Deployment " + deployment + " is left";
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                Deployment now = scene.client()
                        .apps()
                        .deployments()
                        .inNamespace(scene.namespace())
                        .withName(deployment)
                        .require();
                int pods = scene.client()
                        .pods()
                        .inNamespace(scene.namespace())
                        .withLabelSelector(now.getSpec().getSelector())
                        .list()
                        .getItems()
                        .size();
                return pods == 0 ? Optional.of("Deployment " + deployment + " has no pod any more") : Optional.empty();
            }
        };
    }
}
