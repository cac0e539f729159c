package dev.firedrill.harness.drill;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The system that drills are run against: its manifests, and how its delayed work is followed. */
public interface SystemUnderDrill {
    /**
     * The objects to deploy, without a namespace, in the order in which they are to be applied.
     *
     * @param variants for a program its variant with a seeded bug; empty for the system as it should be
     * @throws dev.firedrill.harness.model.ConfigurationException if there is no such program or variant
     */
    List<HasMetadata> objects(Map<String, String> variants);

    /** The annotations that the system itself writes on objects of its namespace, which are no residue of a drill. */
    Set<String> ownAnnotations();

    /** How changes are submitted and where they must arrive, once it is deployed. */
    DelayedWork delayedWork(Stage stage);
}
