package dev.firedrill.harness.fault;

import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.junit.FaultContract;
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

/**
 * Its own target for every fault of {@link BuiltInFaultsIT} and {@link BuiltInWorkloadFaultsIT}, so that all can be
 * there at once: what is named there is named after the kind here, with a number if the kind has several samples.
 */
public final class ManyTargets implements SystemUnderDrill {
    private static final String WELL = "well";
    private static final Set<String> NAMES = Set.of("deployment", "replicaSet", "service", "configMap", "secret");

    /** The faults by the names of their kinds, each aimed at its own target. */
    static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        samples().forEach((name, sample) -> {
            Map<String, Object> parameters = new LinkedHashMap<>(sample.parameters());
            parameters.replaceAll((key, value) -> NAMES.contains(key)
                    ? name
                    : value.equals(BuiltInWorkloadFaultsIT.WEB) ? Map.of("app", name) : value);
            faults.put(name, sample.kind().make(parameters));
        });
        return faults;
    }

    private static Map<String, FaultContract.Sample> samples() {
        Map<String, FaultContract.Sample> samples = new LinkedHashMap<>();
        List<FaultContract.Sample> all = new ArrayList<>(new BuiltInFaultsIT().samples());
        all.addAll(new BuiltInWorkloadFaultsIT().samples());
        for (FaultContract.Sample sample : all) {
            String kind = sample.kind().name();
            int earlier = Math.toIntExact(samples.values().stream()
                    .filter(other -> other.kind().name().equals(kind))
                    .count());
            samples.put(earlier == 0 ? kind : kind + "-" + (earlier + 1), sample);
        }
        return samples;
    }

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        List<HasMetadata> objects =
                new ArrayList<>(List.of(TwoPrograms.deployment(WELL), TwoPrograms.deployment("other")));
        for (Map.Entry<String, FaultContract.Sample> each : samples().entrySet()) {
            String name = each.getKey();
            FaultContract.Sample sample = each.getValue();
            if (sample.parameters().containsKey("service")) {
                objects.add(new ServiceBuilder((Service) TwoPrograms.service(name))
                        .editSpec()
                        .withSelector(Map.of("app", WELL))
                        .endSpec()
                        .build());
            } else if (sample.parameters().containsKey("secret")) {
                objects.add(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withData(Map.of("token", TwoPrograms.SECRET_VALUE))
                        .build());
            } else if (sample.parameters().containsKey("configMap")) {
                objects.add(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withData(Map.of("colour", "blue", "address", "http://web:8080/"))
                        .build());
            } else if (sample.parameters().containsKey("replicaSet")) {
                objects.add(TwoPrograms.replicaSet(name));
            } else {
                objects.add(TwoPrograms.deployment(name));
                objects.add(TwoPrograms.service(name));
            }
        }
        return objects;
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
