package dev.firedrill.harness.cluster.embedded.apiserver.table;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class TableTest {
    private static final Ages AGES = new Ages(Instant.parse("2024-06-04T10:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "119, 119s",
        "120, 2m",
        "125, 2m5s",
        "600, 10m",
        "10799, 179m",
        "10800, 3h",
        "12000, 3h20m",
        "36000, 10h",
        "172799, 47h",
        "172800, 2d",
        "180000, 2d2h",
        "700000, 8d",
        "63072000, 2y",
        "-5, <invalid>"
    })
    void ages_are_written_as_kubectl_writes_them(long seconds, String text) {
        assertThat(Ages.text(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void a_time_that_is_missing_is_unknown() {
        assertThat(AGES.since("")).isEqualTo("<unknown>");
        assertThat(AGES.since("2024-06-04T09:59:00Z")).isEqualTo("60s");
    }

    @Test
    void an_event_that_is_a_series_has_happened_as_often_as_that_says() {
        assertThat(count("{series: {count: 5, lastObservedTime: '2024-06-04T09:59:00.000000Z'}}"))
                .isEqualTo("5");
        assertThat(count("{count: 3}")).isEqualTo("3");
        assertThat(count("{eventTime: '2024-06-04T09:59:00.000000Z'}")).isEqualTo("1");
    }

    private static String count(String yaml) {
        return ClusterColumns.all().getOrDefault("events", List.of()).stream()
                .filter(column -> column.name().equals("Count"))
                .map(column -> column.cell().of(object(yaml), AGES).asString())
                .findFirst()
                .orElseThrow();
    }

    private static PodState state(String yaml) {
        return PodState.of(object(yaml), AGES);
    }

    @Test
    void a_pod_runs() {
        assertThat(state("{spec: {containers: [{name: a}]}, status: {phase: Running, containerStatuses: "
                        + "[{ready: true, restartCount: 0, state: {running: {}}}]}}"))
                .isEqualTo(new PodState("1/1", "Running", "0"));
    }

    @Test
    void a_pod_crashes_again_and_again() {
        assertThat(state("{spec: {containers: [{name: a}]}, status: {phase: Running, containerStatuses: "
                        + "[{ready: false, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, "
                        + "lastState: {terminated: {finishedAt: '2024-06-04T09:58:00Z'}}}]}}"))
                .isEqualTo(new PodState("0/1", "CrashLoopBackOff", "3 (2m ago)"));
    }

    @Test
    void a_pod_ends_with_a_signal_or_a_code() {
        assertThat(state("{spec: {containers: [{name: a}]}, status: {phase: Failed, containerStatuses: "
                                + "[{restartCount: 0, state: {terminated: {signal: 9}}}]}}")
                        .status())
                .isEqualTo("Signal:9");
        assertThat(state("{spec: {containers: [{name: a}]}, status: {phase: Failed, containerStatuses: "
                                + "[{restartCount: 0, state: {terminated: {exitCode: 2}}}]}}")
                        .status())
                .isEqualTo("ExitCode:2");
    }

    @Test
    void a_pod_that_is_being_deleted_terminates() {
        assertThat(state("{metadata: {deletionTimestamp: '2024-06-04T10:00:00Z'}, spec: {containers: [{name: a}]}, "
                                + "status: {phase: Running}}")
                        .status())
                .isEqualTo("Terminating");
    }

    @Test
    void a_pod_initializes() {
        assertThat(state("{spec: {initContainers: [{name: i}], containers: [{name: a}]}, status: {phase: Pending, "
                                + "initContainerStatuses: [{state: {running: {}}}]}}")
                        .status())
                .isEqualTo("Init:0/1");
    }

    private static String cells(String group, String plural, String yaml) {
        ResourceKind kind = KindTable.of(group, plural);
        StoredObject object = StoredObject.unstored(kind, object(yaml));
        ObjectNode table =
                Tables.of(kind, List.of(object), Json.object(), Tables.Included.NOTHING, "v1", true, AGES.now());
        return Json.text(table.path("rows").path(0).path("cells"));
    }

    @Test
    void kinds_that_are_only_stored_have_their_columns_too() {
        String made = "metadata: {name: n, creationTimestamp: '2024-06-04T09:59:00Z'}";
        assertThat(cells("storage.k8s.io", "csidrivers", "{" + made + ", spec: {volumeLifecycleModes: [Persistent]}}"))
                .isEqualTo("[\"n\",true,false,false,\"<unset>\",false,\"Persistent\",\"60s\"]");
        assertThat(cells(
                        "certificates.k8s.io",
                        "certificatesigningrequests",
                        "{" + made + ", spec: {signerName: a.b/c, username: ann, expirationSeconds: 600},"
                                + " status: {conditions: [{type: Approved}, {type: Failed}], certificate: eA==}}"))
                .isEqualTo("[\"n\",\"60s\",\"a.b/c\",\"ann\",\"10m\",\"Approved,Failed,Issued\"]");
        assertThat(cells(
                        "flowcontrol.apiserver.k8s.io",
                        "flowschemas",
                        "{" + made + ", spec: {matchingPrecedence: 7, priorityLevelConfiguration: {name: exempt}},"
                                + " status: {conditions: [{type: Dangling, status: 'False'}]}}"))
                .isEqualTo("[\"n\",\"exempt\",7,\"<none>\",\"60s\",\"False\"]");
        assertThat(cells(
                        "networking.k8s.io",
                        "ipaddresses",
                        "{" + made + ", spec: {parentRef: {group: g, resource: rs, namespace: x, name: y}}}"))
                .isEqualTo("[\"n\",\"rs.g/x/y\"]");
        assertThat(cells("resource.k8s.io", "resourceclaims", "{" + made + ", status: {allocation: {}}}"))
                .isEqualTo("[\"n\",\"allocated\",\"60s\"]");
    }
}
