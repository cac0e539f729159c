package dev.firedrill.harness.fault;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Makes an object that was not there; taken back by deleting it. One that somebody else made is never touched. If it is
 * a Deployment, the next change waits until it is ready.
 *
 * @param target the object; not a Secret, whose values must not be written into an undo
 * @param mark tells it from one that somebody else made; written into an annotation of it
 * @param object the object without the mark
 */
public record ObjectCreation(ObjectRef target, String mark, JsonNode object) implements Change {
    /** The annotation that carries the mark. */
    static final String ANNOTATION = "firedrill.dev/made-by";

    /** The annotation of an object that says which pod it reaches, where that cannot be told from the object. */
    public static final String REACHES = "firedrill.dev/reaches-pod";

    public ObjectCreation {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(object, "object");
        if (target.isSecret()) {
            throw new IllegalArgumentException("a Secret's values must not be written into an undo: " + target);
        }
    }

    /** Whether it runs among the processes of its node, which no Role of one namespace can allow. */
    boolean needsNodes() {
        return object.at("/spec/template/spec/hostPID").asBoolean(false);
    }

    @Override
    public String describe() {
        return target + ": made";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.creation().apply(this);
    }
}
