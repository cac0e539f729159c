package dev.firedrill.harness.cluster;

import java.util.List;

/** Brings programs for image names, on clusters that are started here; found by {@link java.util.ServiceLoader}. */
public interface ImageSource {
    List<ProgramImage> images();
}
