package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log may be asked for.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} ({@code ValidatePodLogOptions}).
 */
public final class LogOptionsCheck {
    private static final ResourceKind OPTIONS = ResourceKind.transitory("", "PodLogOptions");
    private static final String POSITIVE = "must be greater than 0";

    private LogOptionsCheck() {}

    /**
     * Judges what a request asks for.
     *
     * @param query a query parameter's value, or null
     * @throws dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException (422) with everything that is
     *     wrong
     */
    public static void check(String pod, Function<String, @Nullable String> query) {
        Findings findings = new Findings();
        atLeast(findings, "tailLines", query, 0, "must be greater than or equal to 0");
        atLeast(findings, "limitBytes", query, 1, POSITIVE);
        if (isSaid(query.apply("sinceSeconds")) && isSaid(query.apply("sinceTime"))) {
            findings.forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified");
        } else {
            atLeast(findings, "sinceSeconds", query, 1, POSITIVE);
        }
        findings.throwIfAny(OPTIONS, pod);
    }

    private static void atLeast(
            Findings findings, String option, Function<String, @Nullable String> query, long least, String why) {
        OptionalLong number = number(query.apply(option));
        if (number.isPresent() && number.getAsLong() < least) {
            findings.invalid(option, Json.number(number.getAsLong()), why);
        }
    }

    /** What is no number is refused by who reads the log. */
    private static OptionalLong number(@Nullable String text) {
        boolean number = text != null && text.matches("-?\\d{1,18}");
        return number && text != null ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static boolean isSaid(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
