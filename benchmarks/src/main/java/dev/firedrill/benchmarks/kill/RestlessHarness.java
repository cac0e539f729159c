package dev.firedrill.benchmarks.kill;

import dev.firedrill.benchmarks.faults.ShopFaults;
import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Injection;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.InjectionException;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** A harness that injects one fault after the other, up to two at once, and puts each back, until it is killed. */
public final class RestlessHarness {
    /** What it says when it is about to inject the first. */
    static final String BEGUN = "begun";

    private RestlessHarness() {}

    /** Arguments: the kubeconfig, the namespace, the directory for undos, the run, the seed. */
    public static void main(String[] arguments) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(arguments[0]).toFile()))
                .build();
        Journal journal = Journal.inMemory(Timekeeper.system());
        AgentClient agent = AgentClient.in(client, arguments[1], journal.clock());
        FaultEngine engine = new FaultEngine(
                new FaultScene(client, arguments[1], agent, journal, Path.of(arguments[2]), arguments[3]));
        Random random = new Random(Long.parseLong(arguments[4]));
        Deque<Injection> active = new ArrayDeque<>();
        System.out.println(BEGUN);
        while (!Thread.currentThread().isInterrupted()) {
            if (active.size() < 2 && random.nextBoolean()) {
                inject(engine, random, active);
            } else if (!active.isEmpty()) {
                engine.undo(active.pop());
            }
        }
    }

    /** What cannot be injected beside another is refused, and left. */
    private static void inject(FaultEngine engine, Random random, Deque<Injection> active) {
        List<Fault> faults = ShopFaults.sideBySide();
        Fault fault = faults.get(random.nextInt(faults.size()));
        InjectionPhase phase = fault.proof().readsBack() ? InjectionPhase.PLANT : InjectionPhase.INJECT;
        try {
            active.push(engine.inject(fault.describe().kind(), fault, phase));
        } catch (InjectionException | ConfigurationException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }
}
