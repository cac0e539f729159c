package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStoreTest {
    private static final int KEPT = 100;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void keeps_the_newest_samples_and_forgets_the_oldest() throws Exception {
        try (AgentStore store = AgentStore.open(directory, KEPT)) {
            for (int i = 0; i < 10 * KEPT; i++) {
                store.append(AgentStore.Log.SAMPLES, List.of("sample " + i));
            }

            List<AgentStore.Stored> kept = store.after(AgentStore.Log.SAMPLES, 0);
            assertThat(kept).hasSizeBetween(KEPT, KEPT + KEPT / 10);
            assertThat(kept.get(kept.size() - 1).item()).isEqualTo("sample 999");
            assertThat(kept.get(kept.size() - 1).cursor()).isEqualTo(store.last(AgentStore.Log.SAMPLES));
        }
    }

    @Test
    void forgets_no_page() throws Exception {
        try (AgentStore store = AgentStore.open(directory, KEPT)) {
            store.append(AgentStore.Log.INBOX, Collections.nCopies(4 * KEPT, "a page"));

            assertThat(store.after(AgentStore.Log.INBOX, 0)).hasSize(4 * KEPT);
        }
    }
}
