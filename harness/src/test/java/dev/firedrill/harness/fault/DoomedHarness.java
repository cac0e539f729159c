package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A harness in a process of its own, which injects every fault of {@link ManyTargets} and puts it back, each as far as
 * its crash point of a number, and stays there until it is killed. It says a line for each.
 */
final class DoomedHarness {
    /** The fault has reached the point, and goes no further. */
    static final String AT = "at";
    /** The fault has no such point: it was put back. */
    static final String OVER = "over";

    private final Path directory;
    private final String run;
    private final int number;

    private final Duration longest;

    private DoomedHarness(Path directory, String run, int number, Duration longest) {
        this.directory = directory;
        this.run = run;
        this.number = number;
        this.longest = longest;
    }

    /**
     * Arguments: the kubeconfig, the namespace, the directory for undos, the run, the number of the point from 0, how
     * long a fault may last.
     */
    public static void main(String[] arguments) throws InterruptedException {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(arguments[0]).toFile()))
                .build();
        Journal journal = Journal.inMemory(Timekeeper.system());
        AgentClient agent = AgentClient.in(client, arguments[1], journal.clock());
        DoomedHarness harness = new DoomedHarness(
                Path.of(arguments[2]), arguments[3], Integer.parseInt(arguments[4]), Duration.parse(arguments[5]));
        for (Map.Entry<String, Fault> fault : ManyTargets.faults().entrySet()) {
            new Thread(
                            () -> harness.inject(fault.getKey(), fault.getValue(), client, arguments[1], agent),
                            fault.getKey())
                    .start();
        }
        forever();
    }

    private void inject(String name, Fault fault, KubernetesClient client, String namespace, AgentClient agent) {
        FaultScene scene = new FaultScene(
                        client, namespace, agent, Journal.inMemory(Timekeeper.system()), directory, run + "-" + name)
                .lasting(longest);
        AtomicInteger reached = new AtomicInteger();
        FaultEngine engine = new FaultEngine(scene, point -> {
            if (reached.getAndIncrement() == number) {
                say(AT, name, point.name());
                forever();
            }
        });
        try {
            InjectionPhase phase = fault.proof().readsBack() ? InjectionPhase.PLANT : InjectionPhase.INJECT;
            engine.undo(engine.inject(name, fault, phase));
            say(OVER, name, "");
        } catch (RuntimeException e) {
            say("trouble", name, e.toString());
        }
    }

    private static void say(String what, String fault, String more) {
        System.out.println(what + " " + fault + " " + more);
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
