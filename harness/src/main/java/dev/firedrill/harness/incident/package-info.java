/**
 * A past incident as a file: what happened when and who saw it, and what a replay does and demands. {@link
 * dev.firedrill.harness.incident.IncidentFile} reads it, {@link dev.firedrill.harness.incident.IncidentLibrary} finds
 * it by name; a second incident needs another file and no Java.
 */
@NullMarked
package dev.firedrill.harness.incident;

import org.jspecify.annotations.NullMarked;
