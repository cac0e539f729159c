package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** The namespace that a system is deployed into: had from a {@link Cluster}, and given back when it is closed. */
public interface Ground extends AutoCloseable {
    /** The label of namespaces that may be drilled; its value is {@code true}. */
    String ALLOWED = "firedrill.dev/allowed";

    /** The label of what holds the undo of a fault in a namespace. */
    String UNDO = "firedrill.dev/undo";

    String namespace();

    /**
     * Says what is going to be deployed, before it is.
     *
     * @return the same objects as they are to be applied here
     * @throws dev.firedrill.harness.model.ConfigurationException if one of them must not be
     */
    List<HasMetadata> prepare(List<HasMetadata> objects);

    /**
     * Removes what was deployed.
     *
     * @throws dev.firedrill.harness.model.HealingException if something of it stays
     */
    @Override
    void close();
}
