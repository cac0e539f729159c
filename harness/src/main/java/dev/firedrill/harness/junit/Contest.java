package dev.firedrill.harness.junit;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.Change;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectFields;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody else, who changes a field that a fault has written, to a text or number of their own: it must be left alone.
 * Plans without such a field cannot be contested so, nor Secrets, whose values have a form of their own.
 */
final class Contest {
    private static final int CONTESTED = 7;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Stage stage;
    private final Optional<FieldChange> field;

    private Contest(Stage stage, Optional<FieldChange> field) {
        this.stage = stage;
        this.field = field;
    }

    static Contest of(FaultPlan plan, Stage stage) {
        return new Contest(
                stage,
                plan.changes().stream()
                        .flatMap(change -> fieldOf(change).stream())
                        .filter(change -> other(change).isPresent())
                        .reduce((first, second) -> second));
    }

    private static Optional<FieldChange> fieldOf(Change change) {
        return change instanceof FieldChange field ? Optional.of(field) : Optional.empty();
    }

    /** A value of the same type that neither the fault nor anybody before has written. */
    private static Optional<JsonNode> other(FieldChange change) {
        JsonNode after =
                change.target().kind().equals("Secret") ? null : change.after().orElse(null);
        if (after != null && after.isString()) {
            return Optional.of(JSON.getNodeFactory().stringNode(after.asString() + "-contested"));
        }
        return after != null && after.isNumber()
                ? Optional.of(JSON.getNodeFactory().numberNode(after.asInt() + CONTESTED))
                : Optional.empty();
    }

    void begin() {
        field.ifPresent(change -> write(change, other(change).orElseThrow()));
    }

    /** The conflict is named, the other's value is there; then it is put back as it was before all of this. */
    void end(List<String> conflicts) {
        field.ifPresent(change -> {
            boolean named = conflicts.size() == 1
                    && conflicts.get(0).contains(change.target().toString())
                    && conflicts.get(0).contains(change.pointer());
            Optional<JsonNode> now = stage.scene()
                    .objects()
                    .read(change.target())
                    .flatMap(object -> ObjectFields.field(object, change.pointer()));
            boolean kept = now.equals(other(change));
            write(change, change.beforeOrNull());
            if (!named || !kept) {
                throw new AssertionFailedError("what somebody else wrote to " + change.target() + " " + change.pointer()
                        + (kept ? " is not named as a conflict: " + conflicts : " was overwritten: " + now));
            }
        });
    }

    private void write(FieldChange change, @Nullable JsonNode value) {
        ObjectNode operation = JSON.createObjectNode()
                .put("op", value == null ? "remove" : "replace")
                .put("path", change.pointer());
        if (value != null) {
            operation.set("value", value);
        }
        stage.cluster()
                .client()
                .genericKubernetesResources(
                        change.target().apiVersion(), change.target().kind())
                .inNamespace(stage.namespace())
                .withName(change.target().name())
                .patch(PatchContext.of(PatchType.JSON), "[" + operation + "]");
    }
}
