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
 * Its own target for every fault of {@link BuiltInFaultsIT}, so that all can be there at once: what is named there is
 * named after the kind here.
 */
public final class ManyTargets implements SystemUnderDrill {
    private static final String WELL = "well";
    private static final Set<String> NAMES = Set.of("deployment", "service", "configMap", "secret");

    /** The faults by the names of their kinds, each aimed at its own target. */
    static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (FaultContract.Sample sample : new BuiltInFaultsIT().samples()) {
            String name = sample.kind().name();
            Map<String, Object> parameters = new LinkedHashMap<>(sample.parameters());
            parameters.replaceAll((key, value) ->
                    NAMES.contains(key) ? name : value.equals(BuiltInFaultsIT.WEB) ? Map.of("app", name) : value);
            faults.put(name, sample.kind().make(parameters));
        }
        return faults;
    }

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        List<HasMetadata> objects =
                new ArrayList<>(List.of(TwoPrograms.deployment(WELL), TwoPrograms.deployment("other")));
        for (FaultContract.Sample sample : new BuiltInFaultsIT().samples()) {
            String name = sample.kind().name();
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
                        .withData(Map.of("colour", "blue"))
                        .build());
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
