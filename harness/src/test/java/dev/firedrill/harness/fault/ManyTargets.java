package dev.firedrill.harness.fault;

import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Its own target for every kind of fault that needs no more than web servers, so that all can be there at once. */
public final class ManyTargets implements SystemUnderDrill {
    private static final String WELL = "well";
    private static final Set<String> GROUPS = Set.of("workload", "service", "configuration");

    /** How the target of a kind is named in its parameters, by the kind's group. */
    private static final Map<String, Function<FaultKind, Map<String, Object>>> PARAMETERS = Map.of(
            "workload",
            kind -> kind.parameter("deployment").isPresent()
                    ? Map.of("deployment", kind.name())
                    : Map.of("selector", Map.of("app", kind.name())),
            "service",
            kind -> kind.parameter("targetPort").isPresent()
                    ? Map.of("service", kind.name(), "port", TinyWeb.PORT, "targetPort", 9)
                    : kind.parameter("selector").isPresent()
                            ? Map.of("service", kind.name(), "selector", Map.of("app", "pod-kill"))
                            : Map.of("service", kind.name(), "port", TinyWeb.PORT),
            "configuration",
            kind -> kind.parameter("secret").isPresent()
                    ? Map.of("secret", kind.name(), "key", "token")
                    : Map.of("configMap", kind.name(), "key", "colour", "value", "wrong"));

    /** The faults by the names of their kinds, each aimed at its own target. */
    static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (FaultKind kind : kinds()) {
            Function<FaultKind, Map<String, Object>> parameters = PARAMETERS.get(kind.group());
            if (parameters != null) {
                faults.put(kind.name(), kind.make(parameters.apply(kind)));
            }
        }
        return faults;
    }

    private static List<FaultKind> kinds() {
        return FaultCatalogue.standard().kinds().stream()
                .filter(kind -> GROUPS.contains(kind.group()))
                .toList();
    }

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        List<HasMetadata> objects = new ArrayList<>(List.of(TwoPrograms.deployment(WELL)));
        for (FaultKind kind : kinds()) {
            switch (kind.group()) {
                case "workload" -> {
                    objects.add(TwoPrograms.deployment(kind.name()));
                    objects.add(TwoPrograms.service(kind.name()));
                }
                case "service" ->
                    objects.add(new ServiceBuilder((Service) TwoPrograms.service(kind.name()))
                            .editSpec()
                            .withSelector(Map.of("app", WELL))
                            .endSpec()
                            .build());
                default -> objects.add(configuration(kind));
            }
        }
        return objects;
    }

    private static HasMetadata configuration(FaultKind kind) {
        return kind.parameter("secret").isPresent()
                ? new SecretBuilder()
                        .withNewMetadata()
                        .withName(kind.name())
                        .endMetadata()
                        .withData(Map.of("token", TwoPrograms.SECRET_VALUE))
                        .build()
                : new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(kind.name())
                        .endMetadata()
                        .withData(Map.of("colour", "blue"))
                        .build();
    }

    @Override
    public Set<String> ownAnnotations() {
        return Set.of();
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        throw new UnsupportedOperationException("nothing is delayed here");
    }
}
