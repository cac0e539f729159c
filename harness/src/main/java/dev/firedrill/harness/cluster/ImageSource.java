package dev.firedrill.harness.cluster;

import java.util.List;

/** Brings programs for image names, where pods are processes; found by {@link java.util.ServiceLoader}. */
public interface ImageSource {
    List<ProgramImage> images();
}
