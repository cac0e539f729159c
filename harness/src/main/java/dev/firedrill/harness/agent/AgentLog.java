package dev.firedrill.harness.agent;

import java.time.Instant;

/** The agent's log: lines on standard output, as of any container. */
final class AgentLog {
    private AgentLog() {}

    static void line(String text) {
        System.out.println(Instant.now() + " " + text);
    }
}
