package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class UndoRecordTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectRef SECRET = new ObjectRef("v1", "Secret", "token");

    @Test
    void is_read_as_it_was_written() {
        UndoRecord undo = record(
                new FieldChange(ObjectRef.deployment("web"), "/spec/replicas", JSON.numberNode(2), JSON.numberNode(0)),
                new FieldChange(ObjectRef.configMap("a"), "/data/x", null, JSON.stringNode("new")),
                new ObjectDeletion(
                        ObjectRef.service("web"), "u-1", JSON.objectNode().put("kind", "Service")),
                new PodDeletion(new ObjectRef("v1", "Pod", "web-1"), "u-2", PodDeletion.Manner.AT_ONCE));

        assertThat(UndoRecord.fromJson(undo.toJson())).isEqualTo(undo);
        assertThat(undo.longest()).contains(Duration.ofMinutes(5));
    }

    @Test
    void a_record_of_the_first_harness_is_read_too() {
        UndoRecord undo = UndoRecord.fromJson("""
                {"v":1,"run":"r","fault":"f","namespace":"shop","changes":[
                 {"action":"delete-pod","apiVersion":"v1","kind":"Pod","name":"p","uid":"u"}]}""");

        assertThat(undo.until()).isEmpty();
        assertThat(undo.longest()).isEmpty();
        assertThat(undo.changes())
                .containsExactly(new PodDeletion(new ObjectRef("v1", "Pod", "p"), "u", PodDeletion.Manner.GRACEFULLY));
    }

    @Test
    void what_is_no_record_is_refused() {
        assertThatThrownBy(() -> UndoRecord.fromJson("{")).hasMessageStartingWith("not an undo record: ");
        assertThatThrownBy(() -> UndoRecord.fromJson("{\"v\":2}"))
                .hasMessage("undo record of version 2; known here: 1");
        assertThatThrownBy(() -> UndoRecord.fromJson("{\"v\":1,\"at\":\"2025-01-07T08:00:00Z\",\"until\":\"soon\"}"))
                .hasMessageStartingWith("not an undo record: Text 'soon'");
        assertThatThrownBy(() -> UndoRecord.fromJson("{\"v\":1,\"until\":\"2025-01-07T08:00:00Z\"}"))
                .hasMessageStartingWith("not an undo record: ");
        assertThatThrownBy(() -> UndoRecord.fromJson(
                        "{\"v\":1,\"at\":\"2025-01-07T08:00:00Z\",\"until\":\"2025-01-07T07:00:00Z\"}"))
                .hasMessage("not an undo record: it ends before it begins");
    }

    @Test
    void values_of_a_secret_are_neither_shown_nor_written_to_disk() {
        FieldChange change = new FieldChange(SECRET, "/data/token", JSON.stringNode("b2xk"), JSON.stringNode("bmV3"));
        UndoRecord undo = record(change);

        assertThat(undo.isSecret()).isTrue();
        assertThat(change.describe()).isEqualTo("Secret/token /data/token: (hidden) -> (hidden)");
        assertThat(undo.toJsonWithoutChanges("Secret/undo-1"))
                .doesNotContain("b2xk", "bmV3")
                .contains("Secret/undo-1");
        assertThatThrownBy(() -> new ObjectDeletion(SECRET, "u", JSON.objectNode()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_rights_follow_from_the_changes() {
        FaultPlan plan = new FaultPlan(
                List.of(
                        new FieldChange(ObjectRef.deployment("web"), "/spec/replicas", null, JSON.numberNode(0)),
                        new ObjectDeletion(ObjectRef.service("web"), "u", JSON.objectNode()),
                        new PodDeletion(new ObjectRef("v1", "Pod", "p"), "u", PodDeletion.Manner.EVICTED)),
                "all");

        assertThat(Right.of(plan))
                .extracting(Right::toString)
                .containsExactly(
                        "deployments.apps: get, patch",
                        "services: create, delete, get",
                        "pods: get",
                        "pods/eviction: create",
                        "configmaps: create, delete, list");
        assertThat(CrashPoint.of(plan))
                .hasSize(10)
                .extracting(CrashPoint::name)
                .contains("undo written to disk", "change 3 of 3 made", "change 1 of 3 put back")
                .doesNotHaveDuplicates();
    }

    private static UndoRecord record(Change... changes) {
        return new UndoRecord(
                "run-1",
                "f",
                "https://127.0.0.1:1/",
                "shop",
                "2025-01-07T08:00:00Z",
                Optional.of(Instant.parse("2025-01-07T08:05:00Z")),
                List.of(changes),
                Optional.empty());
    }
}
