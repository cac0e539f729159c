package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.function.Predicate;

/** The making of objects on a server whose answers may be lost: the client then sends the same request again. */
public final class Creation {
    private Creation() {}

    /**
     * Makes an object; one that is there already may be the one that was just made.
     *
     * @param ours tells it from what somebody else has made
     * @throws KubernetesClientException if it was refused, or is somebody else's
     */
    public static <T> void of(Resource<T> object, Predicate<T> ours) {
        try {
            object.create();
        } catch (KubernetesClientException e) {
            T there = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? object.get() : null;
            if (there == null || !ours.test(there)) {
                throw e;
            }
        }
    }
}
