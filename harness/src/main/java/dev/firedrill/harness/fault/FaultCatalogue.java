package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Every kind of fault that there is: the harness's own, and those that users bring. */
public final class FaultCatalogue {
    private final Map<String, FaultKind> kinds = new LinkedHashMap<>();

    private FaultCatalogue(Iterable<FaultSource> sources) {
        for (FaultSource source : sources) {
            for (FaultKind kind : source.kinds()) {
                if (kinds.put(kind.name(), kind) != null) {
                    throw new ConfigurationException("two kinds of fault are called \"" + kind.name()
                            + "\"; one of them is of " + source.getClass().getName());
                }
            }
        }
    }

    /**
     * The kinds of all {@link FaultSource}s on the class path.
     *
     * @throws ConfigurationException if two have the same name
     */
    public static FaultCatalogue standard() {
        return new FaultCatalogue(ServiceLoader.load(FaultSource.class, FaultCatalogue.class.getClassLoader()));
    }

    /** Another selection. */
    public static FaultCatalogue of(FaultSource... sources) {
        return new FaultCatalogue(List.of(sources));
    }

    /** All kinds. */
    public List<FaultKind> kinds() {
        return List.copyOf(kinds.values());
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(kinds.keySet());
    }

    /** The groups in which they are listed. */
    public List<String> groups() {
        List<String> groups = new ArrayList<>();
        for (FaultKind kind : kinds.values()) {
            if (!groups.contains(kind.group())) {
                groups.add(kind.group());
            }
        }
        return groups;
    }

    /**
     * The kind of a name.
     *
     * @throws ConfigurationException if there is none; it says what is allowed
     */
    public FaultKind kind(String name) {
        FaultKind kind = kinds.get(name);
        if (kind == null) {
            throw new ConfigurationException("unknown fault \"" + name + "\"; allowed: " + String.join(", ", names())
                    + Spelling.guess(name, names()));
        }
        return kind;
    }
}
