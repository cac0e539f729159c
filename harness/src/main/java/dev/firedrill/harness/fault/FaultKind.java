package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of fault as the catalogue has it: what it harms, what parameters it takes, and how it is made of them. From
 * this alone come the checks of files and of the command line, and the page of the documentation.
 *
 * <pre>{@code
 * public static final FaultKind KIND = FaultKind.named("scaled-down")
 *         .group("workload")
 *         .harms("A Deployment loses pods until the fault is undone.")
 *         .takes(Parameter.of("deployment", ParameterType.name(), "the Deployment"))
 *         .changes("`/spec/replicas`").provenBy("the pods are gone").undoneBy("the number as it was")
 *         .madeBy(ScaledDown::new);
 * }</pre>
 *
 * @param name in lower case with dashes: {@code broken-service}
 * @param group a word under which the catalogue lists it: {@code service}
 * @param harm what it does, in a sentence or two
 * @param parameters in the order in which they are documented
 * @param plan what it changes, for people, in Markdown
 * @param proof how its effect is seen, for people, in Markdown
 * @param undo what the undo brings back and what it does not, for people, in Markdown
 * @param maker makes it of parameters that have been checked
 */
public record FaultKind(
        String name,
        String group,
        String harm,
        List<Parameter> parameters,
        String plan,
        String proof,
        String undo,
        Function<Arguments, Fault> maker) {
    public FaultKind {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(harm, "harm");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(undo, "undo");
        Objects.requireNonNull(maker, "maker");
        parameters = List.copyOf(parameters);
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("the name of a kind of fault has lower case letters, digits and dashes,"
                    + " and begins with a letter: '" + name + "'");
        }
    }

    /** Begins a kind of fault. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The names of its parameters. */
    public List<String> parameterNames() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** The parameter of a name. */
    public Optional<Parameter> parameter(String parameter) {
        return parameters.stream().filter(each -> each.name().equals(parameter)).findFirst();
    }

    /**
     * Makes a fault.
     *
     * @param given texts, numbers and maps by the names of parameters
     * @throws ConfigurationException if a parameter is unknown, missing or not allowed; it says which and what is
     */
    public Fault make(Map<String, ?> given) {
        return maker.apply(check(given));
    }

    /** The parameters of a fault, checked; throws as {@link #make}. */
    public Arguments check(Map<String, ?> given) {
        List<String> names = parameterNames();
        for (String key : given.keySet()) {
            if (!names.contains(key)) {
                throw new ConfigurationException("unknown parameter \"" + key + "\" of " + name + "; allowed: "
                        + String.join(", ", names) + Spelling.guess(key, names));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object written = given.get(parameter.name());
            if (written == null && parameter.required()) {
                throw new ConfigurationException(name + " lacks the parameter \"" + parameter.name() + "\", "
                        + parameter.meaning() + "; allowed: " + parameter.type().allowed());
            }
            Object value = written == null ? parameter.defaultOrNull() : written;
            if (value != null) {
                values.put(parameter.name(), read(parameter, value));
            }
        }
        return new Arguments(values);
    }

    private Object read(Parameter parameter, Object written) {
        try {
            return parameter.type().read(written);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(name + ": " + parameter.name() + " " + e.getMessage(), e);
        }
    }

    /** Collects what a kind says of itself. */
    public static final class Builder {
        private final String name;
        private @Nullable String group;
        private @Nullable String harm;
        private final List<Parameter> parameters = new ArrayList<>();
        private String plan = "";
        private String proof = "";
        private String undo = "";

        private Builder(String name) {
            this.name = name;
        }

        /** A word under which the catalogue lists it. */
        public Builder group(String word) {
            group = word;
            return this;
        }

        /** What it does, in a sentence or two. */
        public Builder harms(String sentence) {
            harm = sentence;
            return this;
        }

        /** Its parameters. */
        public Builder takes(Parameter... more) {
            parameters.addAll(List.of(more));
            return this;
        }

        /** What it changes, in Markdown. */
        public Builder changes(String what) {
            plan = what;
            return this;
        }

        /** How its effect is seen, in Markdown. */
        public Builder provenBy(String what) {
            proof = what;
            return this;
        }

        /** What the undo brings back and what it does not, in Markdown. */
        public Builder undoneBy(String what) {
            undo = what;
            return this;
        }

        /** The kind; throws {@link NullPointerException} if group or harm is not said. */
        public FaultKind madeBy(Function<Arguments, Fault> maker) {
            return new FaultKind(
                    name,
                    Objects.requireNonNull(group, "group"),
                    Objects.requireNonNull(harm, "harms"),
                    parameters,
                    plan,
                    proof,
                    undo,
                    maker);
        }
    }
}
