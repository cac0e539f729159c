/** The command line: replay an incident, hold a cluster for a look around, rebuild a report. */
@NullMarked
package dev.firedrill.scenarios.cli;

import org.jspecify.annotations.NullMarked;
