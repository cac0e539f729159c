package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.OptionFault;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a list or a watch may ask for together.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/apis/meta/internalversion/validation}.
 */
final class ListOptions {
    private static final String MATCH = "resourceVersionMatch";
    private static final String EVENTS = "sendInitialEvents";
    private static final String CONTINUE = "continue";
    private static final String OPTIONS = "ListOptions";
    private static final String NOT_OLDER = "NotOlderThan";
    private static final Set<String> MATCHES = Set.of("", "Exact", NOT_OLDER);

    private ListOptions() {}

    /**
     * @throws StatusException (400 or 422) if they cannot be had together
     */
    static void checkList(ApiRequest request) {
        checkNumbers(request);
        if (request.query(EVENTS) != null) {
            throw refused(forbidden(EVENTS, "sendInitialEvents is forbidden for list"));
        }
        String match = text(request, MATCH);
        String version = text(request, "resourceVersion");
        if (!MATCHES.contains(match)) {
            throw refused(unsupported(match, "\"Exact\", \"NotOlderThan\", \"\""));
        }
        if (!match.isEmpty() && version.isEmpty()) {
            throw refused(forbidden(MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }
        if (match.equals("Exact") && version.equals("0")) {
            throw refused(forbidden(MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
        if (!match.isEmpty() && !text(request, CONTINUE).isEmpty()) {
            throw refused(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
        }
        if (!text(request, CONTINUE).isEmpty() && !version.isEmpty() && !version.equals("0")) {
            throw StatusException.badRequest("specifying resource version is not allowed when using continue");
        }
    }

    /**
     * @throws StatusException (400 or 422) if they cannot be had together
     */
    static void checkWatch(ApiRequest request) {
        checkNumbers(request);
        String match = text(request, MATCH);
        boolean initial = request.query(EVENTS) != null;
        List<OptionFault> faults = new ArrayList<>();
        if (!match.isEmpty() && !initial) {
            faults.add(forbidden(
                    MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        if (initial && match.isEmpty()) {
            faults.add(forbidden(MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty() && !match.equals(NOT_OLDER)) {
            faults.add(unsupported(match, "\"NotOlderThan\""));
        }
        if (!text(request, CONTINUE).isEmpty()) {
            faults.add(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
        }
        if (!faults.isEmpty()) {
            throw StatusException.invalidOptions(OPTIONS, faults);
        }
    }

    private static void checkNumbers(ApiRequest request) {
        for (String option : new String[] {"limit", "timeoutSeconds"}) {
            String text = text(request, option);
            if (!text.isEmpty() && !text.matches("-?\\d{1,18}")) {
                throw StatusException.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
            }
        }
    }

    private static String text(ApiRequest request, String option) {
        return Objects.requireNonNullElse(request.query(option), "");
    }

    private static StatusException refused(OptionFault fault) {
        return StatusException.invalidOptions(OPTIONS, List.of(fault));
    }

    private static OptionFault forbidden(String option, String why) {
        return new OptionFault(option, "FieldValueForbidden", "Forbidden: " + why);
    }

    private static OptionFault unsupported(String match, String supported) {
        return new OptionFault(
                MATCH,
                "FieldValueNotSupported",
                "Unsupported value: \"" + match + "\": supported values: " + supported);
    }
}
