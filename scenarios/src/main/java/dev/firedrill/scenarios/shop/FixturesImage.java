package dev.firedrill.scenarios.shop;

import dev.firedrill.fixtures.Fixtures;
import dev.firedrill.harness.cluster.ImageSource;
import dev.firedrill.harness.cluster.ProgramImage;
import java.util.List;

/** The fixtures' image, where pods are processes: the class path that this program runs with. */
public final class FixturesImage implements ImageSource {
    @Override
    public List<ProgramImage> images() {
        return List.of(ProgramImage.java("firedrill/fixtures", List.of(), Fixtures.class.getName()));
    }
}
