package dev.firedrill.harness.cluster.embedded.toxiproxy;

/** A request that is refused, with what the API answers. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The same error of the API, with its detail. */
    static ApiException badBody(String detail) {
        return new ApiException(400, "bad request body: " + detail);
    }

    static ApiException missingField(String field) {
        return new ApiException(400, "missing required field: " + field);
    }

    /** What is said of this request. */
    String said() {
        return String.valueOf(getMessage());
    }
}
