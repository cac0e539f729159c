package dev.firedrill.harness.agent;

import java.time.Instant;

/** The agent's log: lines on standard output, as of any container. */
public final class AgentLog {
    private AgentLog() {}

    /** Says a line, with the time before it. */
    public static void line(String text) {
        System.out.println(Instant.now() + " " + text);
    }
}
