package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a request says that it may take. Every answer comes soon enough, so that only its form matters. */
final class Timeouts {
    /** Source: Go, {@code time.ParseDuration}. */
    private static final Pattern DURATION = Pattern.compile("[-+]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|ms|s|m|h))+)");

    private Timeouts() {}

    /**
     * @throws StatusException (400) if it is no duration
     */
    static void check(@Nullable String value) {
        if (value != null && !value.isEmpty() && !DURATION.matcher(value).matches()) {
            throw StatusException.badRequest("invalid timeout specified in the request URL - time: invalid duration %s"
                    .formatted(Json.text(Json.string(value))));
        }
    }
}
