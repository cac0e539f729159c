package dev.firedrill.harness.agent;

/**
 * The canary's switch, and counts that tell where a canary page was lost.
 *
 * @param failing whether {@code GET /canary} answers 503
 * @param looks how often it was requested, since the agent started
 * @param webhooks how many notifications the inbox has acknowledged, since the agent started
 */
public record CanaryState(boolean failing, long looks, long webhooks) {}
