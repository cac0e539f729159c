package dev.firedrill.harness.agent;

import java.util.ServiceLoader;

/**
 * What the agent's process does beside answering requests, though its room knows nothing of it. Found by {@link
 * ServiceLoader}, and begun only in a pod that has an account at the API server.
 */
public interface Duty {
    /** Begins it and returns at once; called once in a process. It goes on until the process ends. */
    void begin(PodAccount account);
}
