package dev.firedrill.reports.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.reports.Reports;
import dev.firedrill.reports.sample.KnockReplay;
import dev.firedrill.reports.sample.PlaceboRun;
import dev.firedrill.reports.sample.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RunJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    RunJsonTest(@TempDir Path directory) {
        this.directory = directory;
    }

    static Stream<Script> runs() {
        return Stream.of(
                KnockReplay.green(),
                KnockReplay.red(),
                KnockReplay.green().cutAt(8000),
                PlaceboRun.cannotFail(),
                new Script());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void every_record_keeps_to_the_published_schema(Script script) throws IOException {
        JsonNode run = rebuild(script);
        assertThat(violations(run.toString())).isEmpty();
    }

    @Test
    void a_placebo_is_part_of_its_drill_and_its_verdicts_are_not_those_of_the_run() throws IOException {
        JsonNode run = rebuild(PlaceboRun.cannotFail());

        assertThat(run.path("drills").size()).isEqualTo(1);
        assertThat(run.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        JsonNode placebo = run.at("/drills/0/placebo");
        assertThat(placebo.path("state").asString()).isEqualTo("BROKEN");
        assertThat(placebo.at("/runs/0/expectations/0/held").asBoolean()).isFalse();
        assertThat(run.toString()).doesNotContain("the placebo's own verdict");
    }

    @Test
    void the_schema_refuses_what_it_does_not_describe() throws IOException {
        ObjectNode run = (ObjectNode) rebuild(KnockReplay.green());
        run.put("verdict", "MAYBE");
        run.put("undocumented", 1);
        run.remove("seed");
        assertThat(violations(run.toString())).hasSize(3);
    }

    @Test
    void tells_verdicts_with_their_evidence_deadlines_and_margins() throws IOException {
        JsonNode run = rebuild(KnockReplay.red());
        assertThat(run.path("headline").asString()).isEqualTo("FAIL (embedded)");
        assertThat(run.path("exitStatus").asInt()).isEqualTo(1);
        JsonNode paged = run.path("drills").get(1).path("expectations").get(3);
        assertThat(paged.path("verdict").asString()).isEqualTo("FAIL");
        assertThat(paged.path("deadlineMs").asDouble()).isEqualTo(1300);
        assertThat(paged.path("tookMs").asDouble()).isEqualTo(2100);
        assertThat(paged.path("margin").asDouble()).isBetween(-0.616, -0.615);
        assertThat(paged.path("evidence")).hasSize(3);
    }

    @Test
    void sums_up_probes_by_vantage_with_their_failed_windows() throws IOException {
        JsonNode probes = rebuild(KnockReplay.green()).path("drills").get(0).path("probes");
        JsonNode inside = probes.get(3);
        assertThat(inside.path("vantage").asString()).isEqualTo("inside");
        assertThat(inside.path("samples").asInt()).isEqualTo(202);
        assertThat(inside.path("failed").asInt()).isEqualTo(97);
        assertThat(inside.path("failedWindows")).hasSize(1);
        assertThat(inside.path("failedWindows").get(0).path("toMs").asDouble()
                        - inside.path("failedWindows").get(0).path("fromMs").asDouble())
                .isEqualTo(4850);
        assertThat(probes.get(0).path("failed").asInt()).isZero();
        assertThat(inside.path("p50Ms").asDouble())
                .isBetween(1.5, inside.path("p99Ms").asDouble());
    }

    @Test
    void follows_delayed_work_to_its_end() throws IOException {
        JsonNode drills = rebuild(KnockReplay.red()).path("drills");
        assertThat(drills.get(0).path("work").path("outstanding").asInt()).isZero();
        assertThat(drills.get(0).path("work").path("totals").path("stale").asInt())
                .isEqualTo(1);
        assertThat(drills.get(1).path("work").path("outstanding").asInt()).isEqualTo(1);
    }

    @Test
    void a_pass_in_the_journal_does_not_outweigh_a_failed_judgement() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(1, EventType.DRILL_STARTED, "title", "D")
                .at(
                        2,
                        EventType.EXPECTATION_JUDGED,
                        "text",
                        "it holds",
                        "kind",
                        "effect",
                        "verdict",
                        "FAIL",
                        "reason",
                        "no")
                .at(3, EventType.DRILL_FINISHED, "verdict", "PASS")
                .drill("")
                .at(4, EventType.RUN_FINISHED, "verdict", "PASS", "exitStatus", 0);
        JsonNode run = rebuild(script);
        assertThat(run.path("verdict").asString()).isEqualTo("FAIL");
        assertThat(run.path("concerns").get(0).asString())
                .contains("records PASS for the run, but its drills say FAIL");
    }

    @Test
    void an_expectation_that_was_announced_and_never_judged_leaves_no_pass() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(
                        1,
                        EventType.DRILL_STARTED,
                        "expectations",
                        List.of(Script.map("id", "a", "text", "first"), Script.map("id", "b", "text", "second")))
                .at(2, EventType.EXPECTATION_JUDGED, "expectation", "a", "text", "first", "verdict", "PASS")
                .at(3, EventType.DRILL_FINISHED, "verdict", "PASS")
                .drill("")
                .at(4, EventType.RUN_FINISHED, "verdict", "PASS");
        JsonNode run = rebuild(script);
        assertThat(run.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(run.path("drills")
                        .get(0)
                        .path("unjudged")
                        .get(0)
                        .path("text")
                        .asString())
                .isEqualTo("second");
    }

    @Test
    void a_line_that_was_cut_off_by_a_kill_is_left_out() throws IOException {
        Path journal = KnockReplay.green().cutAt(8000).playTo(directory).resolve(Reports.JOURNAL);
        byte[] half = "{\"v\":1,\"seq\":9,\"type\":\"note\",\"data\":{\"text\":\"caf\u00e9"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(journal, java.util.Arrays.copyOf(half, half.length - 1), StandardOpenOption.APPEND);
        Reports.write(directory);
        assertThat(read().path("ending").asString()).isEqualTo("CUT_OFF");
        assertThat(read().path("exitStatus").asInt()).isEqualTo(3);
    }

    @Test
    void an_interrupted_run_keeps_its_exit_status() throws IOException {
        Script script = KnockReplay.green()
                .cutAt(8000)
                .drill("")
                .at(8100, EventType.RUN_FINISHED, "verdict", "INCONCLUSIVE", "exitStatus", 130, "interrupted", true);
        assertThat(rebuild(script).path("exitStatus").asInt()).isEqualTo(130);
    }

    @Test
    void a_directory_without_a_journal_is_refused() {
        assertThatThrownBy(() -> Reports.write(directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(directory
                        + ": no journal.jsonl here; give the directory of one run, as in target/firedrill/<run>");
    }

    private JsonNode rebuild(Script script) throws IOException {
        assertThat(Reports.write(script.playTo(directory))).contains(directory.resolve("run.json"));
        return read();
    }

    private JsonNode read() throws IOException {
        return JSON.readTree(Files.readString(directory.resolve("run.json")));
    }

    private static List<Error> violations(String json) throws IOException {
        try (InputStream stream = RunJson.class.getResourceAsStream("run.schema.json")) {
            ObjectNode schema = (ObjectNode) JSON.readTree(Objects.requireNonNull(stream));
            closeObjects(schema);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema)
                    .validate(json, InputFormat.JSON);
        }
    }

    /** Readers must ignore unknown keys, but what is written must be described: so here, every object is closed. */
    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("required") && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(RunJsonTest::closeObjects);
    }
}
