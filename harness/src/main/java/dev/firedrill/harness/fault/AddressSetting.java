package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The setting by which one client knows the address of a peer, such as a Service: a key of a ConfigMap, or an
 * environment variable of a Deployment. None means all clients.
 *
 * @param target what holds the setting; empty for all clients
 * @param setting the key or the variable
 */
public record AddressSetting(Optional<ObjectRef> target, String setting) {
    /**
     * The one that the parameters {@code configMap} and {@code key}, or {@code deployment} and {@code env}, name.
     *
     * @throws ConfigurationException if they name two, or half of one
     */
    public static AddressSetting of(Arguments arguments) {
        boolean map = arguments.has("configMap");
        boolean deployment = arguments.has("deployment");
        if (map && deployment) {
            throw new ConfigurationException(
                    "configMap and deployment both say where the address is set; allowed: one of them");
        }
        if (map != arguments.has("key") || deployment != arguments.has("env")) {
            throw new ConfigurationException(
                    "an address is set in configMap and key, or in deployment and env;" + " allowed: both of a pair");
        }
        if (map) {
            return new AddressSetting(
                    Optional.of(ObjectRef.configMap(arguments.text("configMap"))), arguments.text("key"));
        }
        return deployment
                ? new AddressSetting(
                        Optional.of(ObjectRef.deployment(arguments.text("deployment"))), arguments.text("env"))
                : new AddressSetting(Optional.empty(), "");
    }

    /** The name of the one client; empty for all. */
    public Optional<String> name() {
        return target.map(ObjectRef::name);
    }

    /** The change that leads the client elsewhere, on the same port and with what qualifies the name. */
    public FieldChange lead(FaultScene scene, String host, int port, String elsewhere) {
        ObjectRef ref = target.orElseThrow();
        String led = rewritten(scene, host, port, Matcher.quoteReplacement(elsewhere) + "$1:" + port);
        return scene.objects()
                .set(ref, pointer(ref, scene.objects().require(ref)), JsonNodeFactory.instance.stringNode(led));
    }

    /**
     * What the setting would say with another address in it.
     *
     * @throws ConfigurationException if the setting is not there, or does not name the peer
     */
    public String withAddress(FaultScene scene, String host, int port, String address) {
        return rewritten(scene, host, port, Matcher.quoteReplacement(address));
    }

    private String rewritten(FaultScene scene, String host, int port, String replacement) {
        ObjectRef ref = target.orElseThrow();
        JsonNode object = scene.objects().require(ref);
        String now = ObjectFields.field(object, pointer(ref, object))
                .map(JsonNode::asString)
                .orElseThrow(
                        () -> new ConfigurationException(ref + " has no " + setting + "; allowed: " + known(object)));
        Matcher named = Pattern.compile(
                        "(?<![\\w.-])" + Pattern.quote(host) + "((?:\\.[a-z0-9.-]+)?):" + port + "(?!\\d)")
                .matcher(now);
        String other = named.replaceAll(replacement);
        if (other.equals(now)) {
            throw new ConfigurationException(setting + " of " + ref + " does not name " + host + ":" + port
                    + "; allowed: a setting with the address of the Service");
        }
        return other;
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
