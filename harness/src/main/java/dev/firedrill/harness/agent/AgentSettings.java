package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What an agent is started with.
 *
 * @param address to listen on; {@code 0.0.0.0} for all
 * @param port to listen on; 0 for a free one
 * @param dataDirectory where its database lies
 * @param token that its callers must show; not empty
 * @param variant which agent it is
 */
public record AgentSettings(String address, int port, Path dataDirectory, String token, Variant variant) {
    /** Agents with a fault of their own, so that it can be seen that the harness notices. */
    public enum Variant {
        CORRECT,
        /** Acknowledges notifications, and drops them. */
        DROPS;

        private static Variant parse(String text) {
            if (!text.equals("drops")) {
                throw new ConfigurationException("--variant=" + text + ": no such agent; allowed: drops");
            }
            return DROPS;
        }
    }

    private static final String VARIANT_FLAG = "--variant=";

    public AgentSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(variant, "variant");
        if (token.isBlank()) {
            throw new ConfigurationException("AGENT_TOKEN: needs the token that callers must show");
        }
    }

    /**
     * From a container's arguments and environment: LISTEN_ADDRESS, PORT, DATA_DIR, AGENT_TOKEN.
     *
     * @throws ConfigurationException if one is missing or wrong
     */
    static AgentSettings of(List<String> arguments, Map<String, String> environment) {
        Variant variant = Variant.CORRECT;
        for (String argument : arguments) {
            if (!argument.startsWith(VARIANT_FLAG)) {
                throw new ConfigurationException(argument + ": no such argument; allowed: " + VARIANT_FLAG + "drops");
            }
            variant = Variant.parse(argument.substring(VARIANT_FLAG.length()).toLowerCase(Locale.ROOT));
        }
        return new AgentSettings(
                environment.getOrDefault("LISTEN_ADDRESS", "0.0.0.0"),
                port(environment.getOrDefault("PORT", String.valueOf(AgentDeployment.PORT))),
                Path.of(environment.getOrDefault("DATA_DIR", "/data")),
                environment.getOrDefault("AGENT_TOKEN", ""),
                variant);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException ignored) {
            // Said below, as for a number out of range.
        }
        throw new ConfigurationException("PORT=" + text + ": a port is a number from 0 to 65535");
    }
}
