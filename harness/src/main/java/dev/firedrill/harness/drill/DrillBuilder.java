package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says a drill in words, from top to bottom as it will happen.
 *
 * <pre>{@code
 * Drill drill = Drill.named("standby-restart")
 *         .watching(publicApi)
 *         .fromSteadyState()
 *         .inject("standby restart", PodRestart.of(Map.of("role", "standby")))
 *         .expect(alert("IngressControllerDown").firesWithin(ofSeconds(5)))
 *         .expect(probe(publicApi).staysHealthy())
 *         .build();
 * }</pre>
 */
public final class DrillBuilder {
    private final String name;
    private String title;
    private String description = "";
    private final List<ProbeSpec> probes = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Expectation> afterwards = new ArrayList<>();
    private Duration recovery = Drill.RECOVERY;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();
    private final Map<String, Object> about = new LinkedHashMap<>();
    private final Map<String, Integer> injected = new HashMap<>();
    private final Map<String, Integer> planted = new HashMap<>();
    private Optional<Duration> longestFault = Optional.empty();
    private Moment since = Moment.start();

    DrillBuilder(String name) {
        this.name = name;
        this.title = name;
    }

    /** One line for people. */
    public DrillBuilder titled(String text) {
        title = text;
        return this;
    }

    /** What is rehearsed and why, for people. */
    public DrillBuilder because(String text) {
        description = text;
        return this;
    }

    /** Watches these from the first step to the last. */
    public DrillBuilder watching(ProbeSpec... specs) {
        probes.addAll(List.of(specs));
        return this;
    }

    /**
     * Goes on only when every probe has been healthy for half a second, counted since the last thing that was done to
     * the system; inconclusive if that takes over 20 s.
     */
    public DrillBuilder fromSteadyState() {
        return fromSteadyState(Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    /** Goes on only when every probe has been healthy for a while; inconclusive if that takes too long. */
    public DrillBuilder fromSteadyState(Duration lasting, Duration within) {
        return step("steady state", new Action.AwaitSteady(lasting, within));
    }

    /** Breaks something at once. Expectations that follow are judged from this moment. */
    public DrillBuilder inject(String fault, Fault what) {
        since = Moment.faultActive(fault, injected.merge(fault, 1, Integer::sum));
        return step(fault, new Action.Inject(fault, what, InjectionPhase.INJECT));
    }

    /** Changes something that must stay invisible until {@link #trigger}. */
    public DrillBuilder plant(String fault, Fault what) {
        since = Moment.faultPlanted(fault, planted.merge(fault, 1, Integer::sum));
        return step("plant " + fault, new Action.Inject(fault, what, InjectionPhase.PLANT));
    }

    /** Surfaces what was planted under the same name. */
    public DrillBuilder trigger(String fault, Fault what) {
        since = Moment.faultActive(fault, injected.merge(fault, 1, Integer::sum));
        return step("trigger " + fault, new Action.Inject(fault, what, InjectionPhase.TRIGGER));
    }

    /**
     * Puts a fault back; without it, that is done when the drill ends. Expectations that follow are judged from the
     * beginning of the undo, when what it harms is still broken: demand of it that it is healthy again in time.
     */
    public DrillBuilder undo(String fault) {
        since = Moment.stepStarted(nextStep());
        return step("undo " + fault, new Action.Undo(fault));
    }

    /** An operator changes the configuration; put back when the drill ends. */
    public DrillBuilder reconfigure(String what, Fault change) {
        return step(what, new Action.Reconfigure(what, change));
    }

    /** An operator makes a request from inside the cluster. */
    public DrillBuilder request(String what, String method, String url) {
        return step(what, new Action.Request(method, url, Map.of(), ""));
    }

    /** People edit these things, once each. */
    public DrillBuilder edit(String period, String... keys) {
        return step("edits " + period, new Action.Work(period, List.of(keys)));
    }

    /** Lets time pass. */
    public DrillBuilder observe(Duration window) {
        return step("observe", new Action.Observe(window));
    }

    /** Demands something, as seen from the last fault (or undo) on. */
    public DrillBuilder expect(Demand... demands) {
        List<Expectation> expectations = new ArrayList<>();
        for (Demand demand : demands) {
            expectations.add(demand.since(since));
        }
        return step("expectations", new Action.Demand(expectations));
    }

    /** Demands something when everything has been put back. */
    public DrillBuilder afterwards(Check... checks) {
        for (Check check : checks) {
            afterwards.add(Expectation.within(Duration.ofSeconds(10), check));
        }
        return this;
    }

    /** Demands something when everything has been put back, as seen from the last fault (or undo) on. */
    public DrillBuilder afterwards(Demand demand) {
        afterwards.add(demand.since(since));
        return this;
    }

    /** A figure for the report. */
    public DrillBuilder measuring(Figure figure) {
        figures.add(figure);
        return this;
    }

    /** Names a switch of this drill, for the report. */
    public DrillBuilder remedy(Remedy remedy) {
        remedies.add(remedy);
        return this;
    }

    /**
     * Ends a fault that lasts longer, even if the harness hangs or is gone; the drill is inconclusive then. Without it,
     * a fault may last as long as all that the drill waits for may take, and ten minutes more.
     *
     * @param longest positive
     */
    public DrillBuilder endingFaultsAfter(Duration longest) {
        longestFault = Optional.of(longest);
        return this;
    }

    /** Something that the report tells besides. */
    public DrillBuilder about(String key, Object value) {
        about.put(key, value);
        return this;
    }

    /** Probes and replicas have this long to be well again when everything has been put back; otherwise 30 s. */
    public DrillBuilder recoveringWithin(Duration within) {
        recovery = within;
        return this;
    }

    /** Any step, for those who bring their own captions. */
    public DrillBuilder step(Caption caption, Action action) {
        steps.add(new Step(nextStep(), caption, action));
        return this;
    }

    private String nextStep() {
        return "s" + (steps.size() + 1);
    }

    private DrillBuilder step(String caption, Action action) {
        return step(Caption.of(caption), action);
    }

    /** The moment from which an expectation would be judged now. */
    public Moment since() {
        return since;
    }

    /**
     * The drill.
     *
     * @throws ConfigurationException if it puts back what it never changed, triggers what it never planted, or
     *     expects an effect and changes nothing that could have one
     */
    public Drill build() {
        Drill drill = new Drill(
                name, title, description, probes, steps, afterwards, recovery, figures, remedies, longestFault, about);
        BuildCheck.check(drill);
        return drill;
    }
}
