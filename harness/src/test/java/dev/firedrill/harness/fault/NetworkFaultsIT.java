package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.WireRequest;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.network.ConnectionReset;
import dev.firedrill.harness.fault.network.CutStream;
import dev.firedrill.harness.fault.network.DeadLink;
import dev.firedrill.harness.fault.network.LateClose;
import dev.firedrill.harness.fault.network.ProxiedLink;
import dev.firedrill.harness.fault.network.SilentLink;
import dev.firedrill.harness.fault.network.SlicedStream;
import dev.firedrill.harness.fault.network.SlowLink;
import dev.firedrill.harness.fault.network.ThinLink;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.model.ConfigurationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Network faults keep the contract: one with its wiring, and the wiring alone; {@link NetworkFaultsOverLinkIT} has the
 * others.
 */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class NetworkFaultsIT extends FaultContract {
    private static final String PAST = "; one that was open before the proxy was there goes past it: ";

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(SlowLink.KIND, with(Map.of("latency", "150ms", "jitter", "10ms"))),
                new Sample(ProxiedLink.KIND, with(Map.of())));
    }

    static Map<String, Object> with(Map<String, Object> own) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("service", "web", "port", 8080));
        all.putAll(own);
        return all;
    }

    @TestFactory
    Stream<DynamicTest> each_is_proven_and_taken_back(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        var before = stage.snapshot();
        Injection wired = engine.inject("proxied", ProxiedLink.to("web", 8080), InjectionPhase.PLANT);
        assertThat(wired.evidence()).isPresent();
        return Stream.concat(
                        Stream.of(
                                of(SlowLink.KIND, Map.of("latency", "100ms", "direction", "upstream")),
                                of(SlowLink.KIND, Map.of("latency", "100ms", "share", "30%")),
                                of(ThinLink.KIND, Map.of("rate", "50KB/s", "direction", "upstream")),
                                of(ThinLink.KIND, Map.of("rate", "1KB/s")),
                                of(LateClose.KIND, Map.of("delay", "200ms")),
                                of(LateClose.KIND, Map.of("delay", "200ms", "direction", "upstream")),
                                of(SilentLink.KIND, Map.of()),
                                of(SilentLink.KIND, Map.of("after", "200ms", "direction", "upstream")),
                                of(ConnectionReset.KIND, Map.of("after", "50ms")),
                                of(ConnectionReset.KIND, Map.of("direction", "upstream", "share", "50%")),
                                of(SlicedStream.KIND, Map.of("size", "8B", "pause", "20ms")),
                                of(SlicedStream.KIND, Map.of("size", "500B", "pause", "20ms", "direction", "upstream")),
                                of(CutStream.KIND, Map.of("bytes", "10B")),
                                of(CutStream.KIND, Map.of("bytes", "1KB", "direction", "upstream")),
                                of(DeadLink.KIND, Map.of())),
                        Stream.<Sample>empty())
                .map(sample -> DynamicTest.dynamicTest(
                        sample.kind().name() + " " + sample.parameters(), () -> provenAndTakenBack(engine, sample)))
                .onClose(() -> {
                    assertThat(engine.undo(wired)).isEmpty();
                    assertThat(before.differencesTo(stage.snapshot())).isEmpty();
                });
    }

    private static Sample of(FaultKind kind, Map<String, Object> own) {
        return new Sample(kind, with(own));
    }

    private static void provenAndTakenBack(FaultEngine engine, Sample sample) {
        Fault fault = sample.kind().make(sample.parameters());
        Injection injection = engine.inject(sample.kind().name(), fault, InjectionPhase.INJECT);
        try {
            assertThat(injection.plan().changes())
                    .as("over a link that is there")
                    .hasSize(1);
            assertThat(injection.evidence()).isPresent();
        } finally {
            assertThat(engine.undo(injection)).isEmpty();
        }
    }

    @Test
    void a_connection_that_was_open_before_is_seen_to_go_past_the_proxy(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        awaitNoProxy(stage);
        assertThat(seen(engine, SlowLink.KIND, Map.of("latency", "150ms"))).contains(PAST);
        awaitNoProxy(stage);

        Injection wired = engine.inject("proxied", ProxiedLink.to("web", 8080), InjectionPhase.OPERATE);
        try {
            assertThat(seen(engine, DeadLink.KIND, Map.of())).contains(PAST);
            assertThat(seen(engine, DeadLink.KIND, Map.of()))
                    .as("nobody holds another one")
                    .doesNotContain("open before");
            assertThat(stage.agent()
                            .hold(
                                    "firedrill-link-web",
                                    new WireRequest(
                                            "web",
                                            8080,
                                            "GET / HTTP/1.1\r\nHost: web\r\n\r\n",
                                            false,
                                            1,
                                            Duration.ofSeconds(2))))
                    .isTrue();
            assertThat(seen(engine, SlowLink.KIND, Map.of("latency", "150ms")))
                    .as("one that goes through it")
                    .contains("; one that was open before the proxy was there is hit, too: ");
        } finally {
            assertThat(engine.undo(wired)).isEmpty();
        }
    }

    @Test
    void a_link_that_is_wired_in_again_leads_by_another_name(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());

        List<String> names = Stream.of(1, 2)
                .map(time -> {
                    Injection wired =
                            engine.inject("proxied " + time, ProxiedLink.to("web", 8080), InjectionPhase.OPERATE);
                    String upstream = stage.scene()
                            .objects()
                            .require(ObjectRef.configMap("firedrill-link-web"))
                            .at("/data/proxies.json")
                            .asString();
                    assertThat(wired.evidence().orElseThrow()).contains("the proxy when it is asked by itself");
                    assertThat(engine.undo(wired)).isEmpty();
                    return upstream;
                })
                .toList();

        assertThat(names.get(0))
                .as("the address of the old one may still be remembered")
                .isNotEqualTo(names.get(1));
    }

    /** A connection that is opened too soon after an undo may go through the proxy that is about to end. */
    private static void awaitNoProxy(Stage stage) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(stage.cluster()
                        .client()
                        .pods()
                        .inNamespace(stage.namespace())
                        .withLabel(Toxiproxy.LABEL)
                        .list()
                        .getItems())
                .isEmpty());
    }

    private static String seen(FaultEngine engine, FaultKind kind, Map<String, Object> own) {
        Injection injection = engine.inject(kind.name(), kind.make(with(own)), InjectionPhase.INJECT);
        assertThat(engine.undo(injection)).isEmpty();
        return injection.evidence().orElseThrow();
    }

    @Test
    void only_one_client_goes_through_the_proxy_of_its_edge(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        var before = stage.snapshot();
        Fault fault = SlowLink.KIND.make(with(Map.of("latency", "100ms", "configMap", "settings", "key", "address")));
        Injection injection = engine.inject("slow edge", fault, InjectionPhase.INJECT);
        assertThat(injection.evidence()).isPresent();
        assertThat(stage.scene()
                        .objects()
                        .require(ObjectRef.configMap("settings"))
                        .at("/data/address")
                        .asString())
                .matches("http://firedrill-link-web-settings-[0-9a-f]{5}:8080/");
        assertThat(stage.scene()
                        .objects()
                        .require(ObjectRef.service("web"))
                        .at("/spec/selector/app")
                        .asString())
                .isEqualTo("web");
        assertThat(engine.undo(injection)).isEmpty();
        assertThat(before.differencesTo(stage.snapshot())).isEmpty();
    }

    @Test
    void what_cannot_be_led_through_a_proxy_is_refused_before_anything_is_touched(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        refused(engine, Map.of("port", 81), "Service/web has no port 81; allowed: 8080");
        refused(engine, Map.of("service", "none"), "Service/none is not there");
        refused(engine, Map.of("configMap", "settings", "key", "colour"), "does not name web:8080");
        refused(engine, Map.of("configMap", "settings", "key", "none"), "allowed: address, colour");
        refused(engine, Map.of("configMap", "settings"), "allowed: both of a pair");
    }

    private static void refused(FaultEngine engine, Map<String, Object> wrong, String why) {
        Map<String, Object> parameters = with(Map.of("latency", "100ms"));
        parameters.putAll(wrong);
        assertThatThrownBy(() -> engine.inject("slow", SlowLink.KIND.make(parameters), InjectionPhase.INJECT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(why);
    }
}
