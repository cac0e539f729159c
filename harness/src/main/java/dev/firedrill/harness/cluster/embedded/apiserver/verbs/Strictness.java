package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.GoFormat;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.FieldCheck;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.WrongTypeException;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Holds objects to their kind's fields, as strictly as the caller asks. */
public final class Strictness {
    private Strictness() {}

    /**
     * Cleans an object in place, and warns or refuses.
     *
     * @param duplicates fields that occurred twice in the body
     * @throws StatusException (400) for a value of the wrong type; for an unknown or double field if strict
     */
    public static void check(ResourceKind kind, ObjectNode object, List<String> duplicates, Caller caller) {
        check(
                kind,
                object,
                duplicates,
                caller,
                new Refusal(why -> refused(kind, why), WrongTypeException::getMessage, false));
    }

    /**
     * The same for what a patch makes of an object.
     *
     * @param strategic the patch was a strategic merge patch, which messages show as it is; of others they show the
     *     object
     * @throws StatusException (422) likewise
     */
    public static void checkPatched(
            ResourceKind kind, ObjectNode object, JsonReader.Document patch, boolean strategic, Caller caller) {
        String name = Json.textAt(object, "kind");
        if (!name.equals(kind.kind()) || !Json.textAt(object, "apiVersion").equals(kind.apiVersion())) {
            String unknown = "no kind \"%s\" is registered for version \"%s\"";
            throw refusedPatch(Json.text(object), unknown.formatted(name, Json.textAt(object, "apiVersion")));
        }
        Refusal refusal = strategic
                ? new Refusal(why -> refusedPatch(GoFormat.text(patch.tree()), why), WrongTypeException::inPatch, true)
                : new Refusal(why -> refusedPatch(Json.text(object), why), WrongTypeException::getMessage, false);
        check(kind, object, patch.duplicates(), caller, refusal);
    }

    /**
     * The same for what is applied, which may have no field that its kind does not know, however strict the caller is.
     *
     * @throws StatusException (500) likewise; 400 for a double field if strict
     */
    public static void checkApplied(ResourceKind kind, ObjectNode object, List<String> duplicates, Caller caller) {
        try {
            List<String> unknown = FieldCheck.clean(object, ModelTypes.of(kind)).stream()
                    .map(field -> "." + field + ": field not declared in schema")
                    .toList();
            if (!unknown.isEmpty()) {
                String all = unknown.size() == 1 ? unknown.get(0) : "errors:\n  " + String.join("\n  ", unknown);
                throw StatusException.untyped(kind, object, all);
            }
        } catch (WrongTypeException wrong) {
            throw StatusException.untyped(kind, object, String.valueOf(wrong.getMessage()));
        }
        check(kind, object, duplicates, caller);
    }

    private static void check(
            ResourceKind kind, ObjectNode object, List<String> duplicates, Caller caller, Refusal refusal) {
        List<String> findings = new ArrayList<>();
        try {
            refusal.order(FieldCheck.clean(object, ModelTypes.of(kind)))
                    .forEach(field -> findings.add("unknown field \"" + field + "\""));
        } catch (WrongTypeException wrong) {
            throw refusal.of().apply(refusal.type().apply(wrong));
        }
        duplicates.forEach(field -> findings.add("duplicate field \"" + field + "\""));
        switch (caller.validation()) {
            case IGNORE -> {}
            case WARN -> findings.forEach(caller::warn);
            case STRICT -> {
                if (!findings.isEmpty()) {
                    throw refusal.of().apply("strict decoding error: " + String.join(", ", findings));
                }
            }
        }
    }

    /** How what was found is told. */
    private record Refusal(
            Function<String, StatusException> of, Function<WrongTypeException, String> type, boolean sorted) {
        List<String> order(List<String> fields) {
            return sorted ? fields.stream().sorted().toList() : fields;
        }
    }

    private static StatusException refusedPatch(String shown, String why) {
        String finding = "Invalid value: %s: %s".formatted(Json.text(Json.string(shown)), why);
        ObjectNode details = Json.object();
        details.putArray("causes")
                .addObject()
                .put("reason", "FieldValueInvalid")
                .put("message", finding)
                .put("field", "patch");
        return new StatusException(422, "Invalid", " \"\" is invalid: patch: " + finding, details);
    }

    private static StatusException refused(ResourceKind kind, String why) {
        return StatusException.badRequest("%s in version \"%s\" cannot be handled as a %s: %s"
                .formatted(kind.kind(), kind.version(), kind.kind(), why));
    }
}
