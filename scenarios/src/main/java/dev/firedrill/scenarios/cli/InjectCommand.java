package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.cluster.existing.Entrance;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.fault.DryRun;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Injection;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.LongestDuration;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firedrill inject}: one fault in a cluster that another process holds, left there until {@code heal}. */
@Command(
        name = "inject",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Injects one fault into a cluster that is held by firedrill up, and leaves it there until firedrill heal,"
                    + " or until its time is over: then the agent in the namespace puts it back.",
            "",
            "The undo is written into the cluster and to disk before the first change."
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it is in effect, or --dry-run has told what it would do",
            "2:bad input; nothing was changed",
            "3:its effect was not seen, or it could not be injected"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firedrill inject broken-service service=api port=8080 --kubeconfig FILE",
            "  firedrill inject scaled-down deployment=api --for 5m --kubeconfig FILE",
            "  firedrill inject pod-kill 'selector={app: api}' --kubeconfig FILE --dry-run"
        })
final class InjectCommand implements Callable<Integer> {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    @Parameters(paramLabel = "FAULT", index = "0", description = "The fault; firedrill faults lists them.")
    private String name = "";

    @Parameters(
            paramLabel = "PARAMETER=VALUE",
            index = "1..*",
            arity = "0..*",
            description = "What the fault needs to know; firedrill faults FAULT tells.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Let it end by itself after this time, from 1s to 24h. Default: 1h, or what" + " -D"
                    + LongestDuration.PROPERTY + " says.")
    private @Nullable String time;

    @Option(names = "--dry-run", description = "Only tell what would be changed, which pods and which rights it takes.")
    private boolean dryRun;

    @Mixin
    private RunsDirectory runs = new RunsDirectory();

    @Mixin
    private HeldCluster cluster = new HeldCluster();

    @Override
    public Integer call() {
        FaultKind kind = FaultCatalogue.standard().kind(name);
        Duration longest = time == null ? LongestDuration.chosen() : LongestDuration.parse("--for", time);
        Fault fault = kind.make(given(kind));
        InjectionPhase phase = fault.proof().readsBack() ? InjectionPhase.PLANT : InjectionPhase.INJECT;
        Entrance entrance = cluster.entrance();
        entrance.check();
        try (KubernetesClient client = entrance.connect()) {
            String namespace = cluster.namespace(client);
            return dryRun ? tell(fault, phase, client, namespace) : inject(fault, phase, longest, client, namespace);
        }
    }

    private Map<String, Object> given(FaultKind kind) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException(
                        "\"" + parameter + "\" is no parameter; allowed: PARAMETER=VALUE, with "
                                + String.join(", ", kind.parameterNames()));
            }
            String key = parameter.substring(0, equals);
            String text = parameter.substring(equals + 1);
            boolean labels = kind.parameter(key).map(Parameter::type).orElse(null) instanceof ParameterType.Labels;
            if (given.put(key, labels ? map(text) : text) != null) {
                throw new ConfigurationException("parameter \"" + key + "\" stands twice; give it once");
            }
        }
        return given;
    }

    /** A map as a file would have it; what is none is refused by the parameter's type. */
    private static Object map(String text) {
        try {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(text);
            return read instanceof Map ? read : text;
        } catch (YamlEngineException notYaml) {
            return text;
        }
    }

    /** Where there is no agent, whether the effect is there already cannot be looked at: none is brought for that. */
    private int tell(Fault fault, InjectionPhase phase, KubernetesClient client, String namespace) {
        Safeguards safeguards = cluster.safeguards();
        boolean asks = AgentDeployment.isIn(client, namespace);
        try (Journal journal = Journal.inMemory(Timekeeper.system());
                AgentClient agent = asks
                        ? AgentClient.in(client, namespace, journal.clock())
                        : AgentClient.at(NOWHERE, "none", journal.clock())) {
            FaultScene scene =
                    new FaultScene(client, namespace, agent, journal, Path.of("undo"), "dry-run", safeguards);
            DryRun told = new FaultEngine(scene).dryRun(fault, asks ? phase : InjectionPhase.OPERATE);
            told.lines().forEach(System.out::println);
            return 0;
        }
    }

    private int inject(Fault fault, InjectionPhase phase, Duration longest, KubernetesClient client, String namespace) {
        boolean agentStays = AgentDeployment.isIn(client, namespace);
        if (time != null && !agentStays) {
            throw new ConfigurationException("--for " + time + ": nothing in namespace " + namespace
                    + " would end the fault, since no agent stays there; leave --for out, and heal it");
        }
        try (RunFiles files = RunFiles.create(runs.path(), "inject-" + name, RunFiles.chosenSeed());
                Visit visit = Visit.to(client, namespace)) {
            FaultScene scene = new FaultScene(
                            client,
                            namespace,
                            visit.agent(files.journal().clock()),
                            files.journal(),
                            files.directory().resolve("undo"),
                            files.run(),
                            cluster.safeguards())
                    .lasting(longest);
            Injection injection = new FaultEngine(scene).inject(name, fault, phase);
            System.out.println(
                    fault.describe().title() + ": " + fault.describe().harm());
            System.out.println(injection
                    .evidence()
                    .map(seen -> (phase == InjectionPhase.PLANT ? "planted: " : "in effect: ") + seen)
                    .orElse("not in effect after " + fault.proof().within().toSeconds() + " s: "
                            + fault.proof().describe()));
            System.out.println("put it back with: firedrill heal --run " + files.run() + " " + cluster.flags());
            System.out.println(
                    agentStays
                            ? "it ends by itself after " + Durations.words(longest)
                            : "it does not end by itself: no agent stays in namespace " + namespace);
            return injection.evidence().isPresent() ? 0 : Verdict.INCONCLUSIVE.exitStatus();
        }
    }
}
