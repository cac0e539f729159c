package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Says in one line what an API server, or the way to it, has refused. */
public final class ApiTrouble {
    /** What an answer of 401 means, and what to do. */
    public static final String UNAUTHORIZED =
            "the server does not accept the credentials (401): have they expired? Log in again";

    private ApiTrouble() {}

    /** Whether it says nothing of what was asked, since the server could not be reached or did not know who asked. */
    public static boolean isUnasked(KubernetesClientException failure) {
        return failure.getCode() == 0 || failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED;
    }

    /** What any failure says, or its name if it says nothing; of an API server's without the library's dump. */
    public static String words(Exception failure) {
        if (failure instanceof KubernetesClientException refused) {
            return inOneLine(refused);
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** What came, without the library's dump of the answer. */
    public static String inOneLine(KubernetesClientException failure) {
        if (failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return UNAUTHORIZED;
        }
        String said = failure.getStatus() == null ? null : failure.getStatus().getMessage();
        if (failure.getCode() > 0 && said != null && !said.isBlank()) {
            return line(said) + " (" + failure.getCode() + ")";
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return line(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
