package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The setting by which one client knows the address of a Service: a key of a ConfigMap, or an environment variable of a
 * Deployment. None means all clients.
 *
 * @param target what holds the setting; empty for all clients
 * @param setting the key or the variable
 */
record ClientAddress(Optional<ObjectRef> target, String setting) {
    static ClientAddress of(Arguments arguments) {
        boolean map = arguments.has("configMap");
        boolean deployment = arguments.has("deployment");
        if (map && deployment) {
            throw new ConfigurationException(
                    "configMap and deployment both name a client; allowed: one of them, or neither for all clients");
        }
        if (map != arguments.has("key") || deployment != arguments.has("env")) {
            throw new ConfigurationException("a client is named by configMap and key, or by deployment and env;"
                    + " allowed: both of a pair, or none for all clients");
        }
        if (map) {
            return new ClientAddress(
                    Optional.of(ObjectRef.configMap(arguments.text("configMap"))), arguments.text("key"));
        }
        return deployment
                ? new ClientAddress(
                        Optional.of(ObjectRef.deployment(arguments.text("deployment"))), arguments.text("env"))
                : new ClientAddress(Optional.empty(), "");
    }

    /** The name of the one client; empty for all. */
    Optional<String> name() {
        return target.map(ObjectRef::name);
    }

    /** The change that leads the client elsewhere, on the same port. */
    FieldChange lead(FaultScene scene, String service, int port, String elsewhere) {
        ObjectRef ref = target.orElseThrow();
        JsonNode object = scene.objects().require(ref);
        String pointer = pointer(ref, object);
        String now = ObjectFields.field(object, pointer)
                .map(JsonNode::asString)
                .orElseThrow(
                        () -> new ConfigurationException(ref + " has no " + setting + "; allowed: " + known(object)));
        String led = Pattern.compile(
                        "(?<![\\w.-])" + Pattern.quote(service) + "((\\.[a-z0-9.-]+)?:" + port + ")(?!\\d)")
                .matcher(now)
                .replaceAll(elsewhere + "$1");
        if (led.equals(now)) {
            throw new ConfigurationException(setting + " of " + ref + " does not name " + service + ":" + port
                    + "; allowed: a setting with the address of the Service");
        }
        return scene.objects().set(ref, pointer, JsonNodeFactory.instance.stringNode(led));
    }

    private String pointer(ObjectRef ref, JsonNode object) {
        if (ref.kind().equals("ConfigMap")) {
            return "/data/" + ObjectFields.escaped(setting);
        }
        List<String> names = object.at("/spec/template/spec/containers/0/env").findValuesAsString("name");
        return "/spec/template/spec/containers/0/env/" + names.indexOf(setting) + "/value";
    }

    private static String known(JsonNode object) {
        Collection<String> names = object.path("kind").asString().equals("ConfigMap")
                ? object.path("data").propertyNames()
                : object.at("/spec/template/spec/containers/0/env").findValuesAsString("name");
        return String.join(", ", new TreeSet<>(names));
    }

    @Override
    public String toString() {
        return target.map(ref -> "what reads " + setting + " of " + ref).orElse("all clients");
    }
}
