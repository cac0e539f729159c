package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.network.ConnectionReset;
import dev.firedrill.harness.fault.network.CutStream;
import dev.firedrill.harness.fault.network.DeadLink;
import dev.firedrill.harness.fault.network.LateClose;
import dev.firedrill.harness.fault.network.ProxiedLink;
import dev.firedrill.harness.fault.network.SilentLink;
import dev.firedrill.harness.fault.network.SlicedStream;
import dev.firedrill.harness.fault.network.ThinLink;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Network faults keep the contract over a link that is there; {@link NetworkFaultsIT} has those with wiring. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class NetworkFaultsOverLinkIT extends FaultContract {
    private static Injection wired;

    /** The link is a part of the system here: its undo is forgotten, lest the contract's healing takes it out. */
    @BeforeAll
    static void wire(Stage stage) {
        FaultScene scene = stage.scene();
        wired = new FaultEngine(scene).inject("proxied", ProxiedLink.to("web", 8080), InjectionPhase.OPERATE);
        assertThat(wired.evidence()).isPresent();
        new UndoStore(scene.client(), scene.namespace()).forgetInCluster(wired.id(), false);
        assertThat(scene.undoDirectory().resolve(wired.id() + ".json").toFile().delete())
                .isTrue();
    }

    /** A namespace that is only lent is given back as it was. */
    @AfterAll
    static void takeOut(Stage stage) {
        assertThat(new FaultEngine(stage.scene()).undo(wired)).isEmpty();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                sample(ThinLink.KIND, Map.of("rate", "10KB/s", "direction", "upstream")),
                sample(LateClose.KIND, Map.of("delay", "200ms")),
                sample(SilentLink.KIND, Map.of("after", "200ms")),
                sample(ConnectionReset.KIND, Map.of()),
                sample(SlicedStream.KIND, Map.of("size", "8B", "pause", "100ms")),
                sample(CutStream.KIND, Map.of("bytes", "10B")),
                sample(DeadLink.KIND, Map.of()));
    }

    private static Sample sample(FaultKind kind, Map<String, Object> own) {
        return new Sample(kind, NetworkFaultsIT.with(own));
    }
}
