package dev.firedrill.reports.json;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.RunArtifact;
import dev.firedrill.reports.record.RunReader;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.ArtifactFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The run record for programs: {@code run.json}. Source: {@code run.schema.json} beside this class, which is published
 * with every release; a field is added within a version, and changed or removed only in the next.
 */
public final class RunJson implements RunArtifact {
    /** The version of the schema that is written. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Override
    public String fileName() {
        return "run.json";
    }

    @Override
    public String describe() {
        return "the run record for programs";
    }

    @Override
    public void write(Iterable<TimelineEvent> journal, Path directory) {
        RunRecord run = RunReader.read(journal);
        ArtifactFile.write(directory.resolve(fileName()), JSON.writeValueAsString(document(run)) + "\n");
    }

    private static Map<String, Object> document(RunRecord run) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "urn:firedrill:run:" + VERSION);
        document.put("run", run.environment().run());
        document.put("title", run.environment().title());
        document.put("command", run.environment().command());
        document.put("verdict", run.verdict().name());
        document.put("headline", run.headline());
        document.put("ending", run.ending().name());
        document.put("exitStatus", exitStatus(run));
        Instant started = run.startedOrNull();
        document.put("startedAt", started == null ? null : started.toString());
        document.put("tookMs", DrillJson.millis(run.length()));
        document.put(
                "cluster",
                DrillJson.map(
                        "kind", run.environment().clusterKind(),
                        "version", run.environment().clusterVersion(),
                        "node", run.environment().node()));
        document.put("seed", run.environment().seed());
        document.put("scale", run.environment().scale());
        document.put("harnessVersion", run.environment().harnessVersion());
        document.put("expectations", tally(run));
        document.put("concerns", run.concerns());
        document.put("notes", run.notes().stream().map(DrillJson::note).toList());
        document.put("drills", run.drills().stream().map(DrillJson::drill).toList());
        return document;
    }

    private static int exitStatus(RunRecord run) {
        return run.ending() == RunRecord.Ending.INTERRUPTED
                ? 130
                : run.verdict().exitStatus();
    }

    private static Map<String, Object> tally(RunRecord run) {
        return DrillJson.map(
                "pass", run.count(Verdict.PASS),
                "fail", run.count(Verdict.FAIL),
                "inconclusive", run.count(Verdict.INCONCLUSIVE));
    }
}
