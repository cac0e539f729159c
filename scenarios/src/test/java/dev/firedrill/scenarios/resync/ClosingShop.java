package dev.firedrill.scenarios.resync;

import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.resync.Apply;
import dev.firedrill.harness.resync.ArrivalCheck;
import dev.firedrill.harness.resync.Content;
import dev.firedrill.harness.resync.Windows;
import dev.firedrill.harness.resync.WorkTarget;
import dev.firedrill.scenarios.shop.Shop;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The shop with an api that cannot be read any more as soon as all changes are known to have arrived. */
public final class ClosingShop implements SystemUnderDrill {
    static final ArrivalCheck ARRIVED = new ArrivalCheck(Windows.BEFORE_DURING_AFTER);

    private final Shop shop = new Shop();

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        return shop.objects(variants);
    }

    @Override
    public Set<String> ownAnnotations() {
        return shop.ownAnnotations();
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        DelayedWork work = shop.delayedWork(stage);
        AtomicBoolean closed = new AtomicBoolean();
        stage.journal().listen(event -> {
            if (event.type().equals(EventType.EXPECTATION_JUDGED)
                    && event.text("text").equals(ARRIVED.expectation())
                    && event.text("verdict").equals(Verdict.PASS.name())) {
                closed.set(true);
            }
        });
        return new DelayedWork(work.source(), new ClosingTarget(work.target(), closed), work.keys());
    }

    private record ClosingTarget(WorkTarget target, AtomicBoolean closed) implements WorkTarget {
        @Override
        public List<Apply> appliesAfter(long cursor) throws IOException {
            mustBeOpen();
            return target.appliesAfter(cursor);
        }

        @Override
        public Optional<Content> content(String key) throws IOException {
            mustBeOpen();
            return target.content(key);
        }

        private void mustBeOpen() throws IOException {
            if (closed.get()) {
                throw new IOException("HTTP 503");
            }
        }
    }
}
