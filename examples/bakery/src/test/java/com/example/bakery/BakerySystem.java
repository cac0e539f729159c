package com.example.bakery;

import dev.firedrill.harness.cluster.ImageSource;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.ManifestFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

// [system]
public class BakerySystem implements SystemUnderDrill, ImageSource {
    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        return ManifestFiles.of(BakerySystem.class).objects("/bakery/bakery.yaml");
    }

    @Override
    public List<ProgramImage> images() {
        return List.of(ProgramImage.java(
                "bakery/programs:1.0", List.of(Path.of("target", "classes").toAbsolutePath()), "com.example.bakery.Bakery"));
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        return new DelayedWork(new Orders(stage), new Meals(stage), List.of("table-1", "table-2", "table-3"));
    }

    @Override
    public Optional<Duration> pagesWithin() {
        return Optional.empty(); // nothing in it pages
    }
}
// [/system]
