package dev.firedrill.harness.junit;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ImageSource;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.RunArtifact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** The run of one test class: its stage, its files, the results of its drills. */
final class ClassRun implements AutoCloseable {
    private final RunFiles files;
    private final Stage stage;
    private final List<DrillResult> results = new ArrayList<>();

    private ClassRun(RunFiles files, Stage stage) {
        this.files = files;
        this.stage = stage;
    }

    static ClassRun start(ExtensionContext context, Cluster cluster) {
        Class<?> suite = context.getRequiredTestClass();
        Firedrill settings = AnnotationSupport.findAnnotation(suite, Firedrill.class)
                .orElseThrow(() -> new ConfigurationException(suite.getName() + " is not annotated with @Firedrill"));
        SystemUnderDrill system = ReflectionSupport.newInstance(settings.system());
        if (settings.abortedWithoutImages() && system instanceof ImageSource own) {
            abortWithout(own, suite, cluster);
        }
        long seed = RunFiles.chosenSeed();
        RunFiles files = RunFiles.create(Path.of("target", "firedrill"), suite.getSimpleName(), seed);
        System.err.println(
                "firedrill: " + suite.getSimpleName() + " on " + cluster.kind().label() + ", seed " + seed + " (-D"
                        + RunFiles.SEED_PROPERTY + "=" + seed + "), leaves " + files.directory());
        files.started(suite.getSimpleName(), "JUnit " + suite.getName(), "", cluster);
        StageRequest request = new StageRequest(
                "drill-" + Integer.toString(files.run().hashCode() & Integer.MAX_VALUE, 36),
                files.run(),
                files.directory(),
                seed,
                variants(settings));
        return new ClassRun(files, Stage.raise(cluster, system, request, files.journal()));
    }

    private static void abortWithout(ImageSource images, Class<?> suite, Cluster cluster) {
        try {
            cluster.provide(images.images());
        } catch (ConfigurationException e) {
            String reason = "not run: " + e.getMessage();
            System.err.println("firedrill: " + suite.getSimpleName() + " " + reason);
            throw new TestAbortedException(reason, e);
        }
    }

    private static Map<String, String> variants(Firedrill settings) {
        Map<String, String> variants = new LinkedHashMap<>();
        for (String variant : settings.variants()) {
            int equals = variant.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException("a variant is written program=variant: '" + variant + "'");
            }
            variants.put(variant.substring(0, equals), variant.substring(equals + 1));
        }
        return variants;
    }

    Stage stage() {
        return stage;
    }

    void add(DrillResult result) {
        results.add(result);
    }

    /** Keeps what the cluster knows at this moment beside the journal. */
    void keepDiagnostics(String test) {
        stage.cluster().collectDiagnostics(files.directory().resolve("diagnostics-" + test));
    }

    @Override
    public void close() {
        Verdict verdict =
                Verdict.worst(results.stream().map(DrillResult::verdict).toList());
        try {
            stage.close();
        } catch (RuntimeException e) {
            verdict = Verdict.worst(List.of(verdict, Verdict.FAIL));
            files.journal().append("harness", EventType.NOTE, Map.of("text", String.valueOf(e.getMessage())));
            throw e;
        } finally {
            files.finished(verdict, verdict.exitStatus(), false);
            files.close();
            RunArtifact.writeAll(files.events(), files.directory());
        }
    }
}
