package dev.firedrill.harness.cluster.embedded.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.FieldSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ObjectStoreTest {
    private static final ResourceKind MAPS = KindTable.of("", "configmaps");
    private static final Selection GREEN = new Selection(LabelSelector.parse("colour=green"), FieldSelector.EVERYTHING);

    private final ObjectStore store = new ObjectStore(4);

    private static ObjectNode map(String namespace, String name, String colour) {
        ObjectNode map = Json.object();
        ObjectNode metadata = map.putObject("metadata");
        metadata.put("namespace", namespace).put("name", name);
        metadata.putObject("labels").put("colour", colour);
        return map;
    }

    private static final class Recorder implements Subscriber {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void event(WatchEvent event) {
            seen.add(event.type() + " " + event.object().name());
        }

        @Override
        public void caughtUp(long revision) {
            seen.add("at " + revision);
        }
    }

    @Test
    void revisions_rise_with_every_change() {
        StoredObject first = store.create(MAPS, map("a", "x", "red"));
        StoredObject second = store.replace(MAPS, first, map("a", "x", "green")).orElseThrow();
        StoredObject last = store.remove(MAPS, second, second.tree()).orElseThrow();
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(last.revision()).isGreaterThan(second.revision());
        assertThat(Json.textAt(last.tree(), "metadata", "resourceVersion")).isEqualTo("" + last.revision());
    }

    @Test
    void a_name_is_taken_once_per_namespace() {
        store.create(MAPS, map("a", "x", "red"));
        store.create(MAPS, map("b", "x", "red"));
        long before = store.revision();
        assertThatThrownBy(() -> store.create(MAPS, map("a", "x", "red")))
                .isInstanceOf(StatusException.class)
                .hasMessage("configmaps \"x\" already exists");
        assertThat(store.revision()).isEqualTo(before);
    }

    @Test
    void only_the_current_version_can_be_replaced_or_removed() {
        StoredObject first = store.create(MAPS, map("a", "x", "red"));
        assertThat(store.replace(MAPS, first, map("a", "x", "green"))).isPresent();
        assertThat(store.replace(MAPS, first, map("a", "x", "blue"))).isEmpty();
        assertThat(store.remove(MAPS, first, map("a", "x", "blue"))).isEmpty();
    }

    @Test
    void lists_are_ordered_and_keep_to_their_namespace_and_selection() {
        store.create(MAPS, map("b", "x", "green"));
        store.create(MAPS, map("a", "y", "green"));
        store.create(MAPS, map("a", "x", "red"));
        assertThat(store.list(MAPS, "", Selection.EVERYTHING).objects())
                .extracting(object -> object.namespace() + "/" + object.name())
                .containsExactly("a/x", "a/y", "b/x");
        assertThat(store.list(MAPS, "a", GREEN).objects())
                .extracting(StoredObject::name)
                .containsExactly("y");
    }

    @Test
    void a_watch_of_everything_begins_with_what_is_there() {
        store.create(MAPS, map("a", "x", "red"));
        Recorder recorder = new Recorder();
        try (Subscription watch = store.watchAll(MAPS, "a", Selection.EVERYTHING, recorder)) {
            store.create(MAPS, map("a", "y", "red"));
            watch.checkpoint();
        }
        store.create(MAPS, map("a", "z", "red"));
        assertThat(recorder.seen).containsExactly("ADDED x", "at 2", "ADDED y", "at 3");
    }

    @Test
    void a_watch_resumes_after_the_revision_it_knows() {
        StoredObject first = store.create(MAPS, map("a", "x", "red"));
        store.replace(MAPS, first, map("a", "x", "green"));
        Recorder recorder = new Recorder();
        store.watchSince(MAPS, "a", Selection.EVERYTHING, first.revision(), recorder)
                .close();
        assertThat(recorder.seen).containsExactly("MODIFIED x");
    }

    @Test
    void a_watch_cannot_resume_before_what_is_remembered() {
        StoredObject object = store.create(MAPS, map("a", "x", "red"));
        long known = object.revision();
        for (int i = 0; i < 5; i++) {
            object = store.replace(MAPS, object, map("a", "x", "shade" + i)).orElseThrow();
        }
        assertThatThrownBy(() -> store.watchSince(MAPS, "a", Selection.EVERYTHING, known, new Recorder()))
                .isInstanceOf(RevisionExpiredException.class)
                .hasMessageStartingWith("too old resource version: " + known);
    }

    @Test
    void changes_of_other_kinds_do_not_age_a_watch() {
        StoredObject object = store.create(MAPS, map("a", "x", "red"));
        ResourceKind secrets = KindTable.of("", "secrets");
        for (int i = 0; i < 10; i++) {
            store.create(secrets, map("a", "s" + i, "red"));
        }
        Recorder recorder = new Recorder();
        store.watchSince(MAPS, "a", Selection.EVERYTHING, object.revision(), recorder)
                .close();
        assertThat(recorder.seen).isEmpty();
    }

    @Test
    void what_leaves_a_selection_is_deleted_for_its_watcher_and_comes_back_as_added() {
        StoredObject green = store.create(MAPS, map("a", "x", "green"));
        Recorder recorder = new Recorder();
        try (Subscription watch = store.watchSince(MAPS, "", GREEN, green.revision(), recorder)) {
            assertThat(watch).isNotNull();
            StoredObject red = store.replace(MAPS, green, map("a", "x", "red")).orElseThrow();
            store.replace(MAPS, red, map("a", "x", "green"));
        }
        assertThat(recorder.seen).containsExactly("DELETED x", "ADDED x");
    }
}
