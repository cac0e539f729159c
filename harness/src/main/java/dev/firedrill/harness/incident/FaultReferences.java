package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Looks whether what the parameters of a fault name is in the system's manifests. One that is called {@code service},
 * {@code configMap}, {@code deployment}, {@code secret}, {@code ingress} or {@code replicaSet} names an object of that
 * kind, whosever fault it is.
 */
final class FaultReferences {
    private final SystemObjects objects;

    FaultReferences(SystemObjects objects) {
        this.objects = objects;
    }

    /**
     * Checks a fault.
     *
     * @throws ConfigurationException if something that it names is not there; it says where and what is
     */
    void check(Cast.FaultCall call, FaultKind kind) {
        look(call, "service", service -> objects.require("Service", service))
                .map(service -> service.getMetadata().getName())
                .ifPresent(service -> number(call, "port", port -> objects.requirePort(service, port)));
        look(call, "configMap", name -> objects.require(ConfigMap.class, name))
                .ifPresent(map -> configMap(call, kind, map));
        look(call, "secret", name -> objects.require(Secret.class, name)).ifPresent(secret -> secret(call, secret));
        look(call, "deployment", name -> objects.require(Deployment.class, name))
                .ifPresent(deployment -> deployment(call, deployment));
        look(call, "replicaSet", name -> objects.require("ReplicaSet", name));
        look(call, "ingress", name -> objects.require(Ingress.class, name))
                .ifPresent(ingress -> ingress(call, ingress));
        kind.parameters().stream()
                .filter(parameter -> parameter.type() instanceof ParameterType.Url)
                .forEach(parameter -> each(call, parameter.name(), objects::requireHost));
    }

    private static void ingress(Cast.FaultCall call, Ingress ingress) {
        String name = "Ingress " + ingress.getMetadata().getName() + " of the system";
        List<String> hosts = Optional.ofNullable(ingress.getSpec().getRules()).orElse(List.of()).stream()
                .map(IngressRule::getHost)
                .filter(Objects::nonNull)
                .toList();
        each(call, "host", host -> known(name + " has no rule for", host, hosts));
    }

    private static void secret(Cast.FaultCall call, Secret secret) {
        String name = "Secret " + secret.getMetadata().getName() + " of the system";
        Set<String> keys = new TreeSet<>(
                Optional.ofNullable(secret.getData()).orElse(Map.of()).keySet());
        keys.addAll(Optional.ofNullable(secret.getStringData()).orElse(Map.of()).keySet());
        each(call, "key", key -> known(name + " has no key", key, keys));
    }

    private static void configMap(Cast.FaultCall call, FaultKind kind, ConfigMap map) {
        boolean holdsAnAddress = kind.parameterNames().containsAll(List.of("configMap", "key", "deployment", "env"));
        if (holdsAnAddress) { // any other key may be a new one
            String name = map.getMetadata().getName();
            Set<String> keys = new TreeSet<>(
                    Optional.ofNullable(map.getData()).orElse(Map.of()).keySet());
            each(call, "key", key -> known("ConfigMap " + name + " of the system has no key", key, keys));
        }
    }

    private static void deployment(Cast.FaultCall call, Deployment deployment) {
        String name = "Deployment " + deployment.getMetadata().getName() + " of the system";
        int replicas = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
        number(call, "replicas", fewer -> {
            if (fewer >= replicas) {
                throw new ConfigurationException(
                        "replicas must be fewer than the " + replicas + " that " + name + " has, not " + fewer);
            }
        });
        List<Container> containers =
                deployment.getSpec().getTemplate().getSpec().getContainers();
        each(
                call,
                "container",
                container -> known(
                        name + " has no container",
                        container,
                        containers.stream().map(Container::getName).toList()));
        Optional<Container> chosen = containers.stream()
                .filter(each -> call.text("container").orElse(each.getName()).equals(each.getName()))
                .findFirst();
        List<String> variables = chosen.map(Container::getEnv).orElse(List.of()).stream()
                .map(EnvVar::getName)
                .toList();
        for (String parameter : List.of("env", "variable")) {
            each(call, parameter, variable -> known(name + " has no variable", variable, variables));
        }
    }

    private static void known(String complaint, String word, Collection<String> allowed) {
        if (!allowed.contains(word)) {
            throw SystemObjects.missing(complaint, word, allowed);
        }
    }

    /** Looks for what a parameter names, if it is given; a complaint names its place. */
    private static <T> Optional<T> look(Cast.FaultCall call, String parameter, Function<String, T> look) {
        return call.text(parameter)
                .map(value -> call.at(parameter).blamed(() -> Objects.requireNonNull(look.apply(value))));
    }

    private static void number(Cast.FaultCall call, String parameter, IntConsumer look) {
        each(call, parameter, value -> {
            if (value.matches("\\d{1,9}")) {
                look.accept(Integer.parseInt(value));
            }
        });
    }

    private static void each(Cast.FaultCall call, String parameter, Consumer<String> look) {
        look(call, parameter, value -> {
            look.accept(value);
            return value;
        });
    }
}
