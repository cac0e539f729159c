package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProtobufReaderTest {
    /** Writes one field of a message, as the wire has it. */
    private static byte[] field(int number, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int tag = number << 3 | 2;
        if (tag > 0x7f) {
            out.write((tag & 0x7f) | 0x80);
            tag >>>= 7;
        }
        out.write(tag);
        out.write(content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] text(int number, String value) {
        return field(number, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] number(int number, int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3);
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] envelope(String apiVersion, String kind, byte[] raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(field(1, text(1, apiVersion), text(2, kind)));
        out.writeBytes(field(2, raw));
        return out.toByteArray();
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void a_configmap_is_read() {
        byte[] raw = together(
                field(1, text(1, "colours"), text(3, "shop"), field(11, text(1, "app"), text(2, "api"))),
                field(2, text(1, "sky"), text(2, "blue")),
                field(2, text(1, "grass"), text(2, "green")));
        assertThat(ProtobufReader.read(envelope("v1", "ConfigMap", raw)))
                .isEqualTo(object("{apiVersion: v1, kind: ConfigMap, metadata: {name: colours, namespace: shop, "
                        + "labels: {app: api}}, data: {sky: blue, grass: green}}"));
    }

    @Test
    void what_is_not_set_in_go_is_absent_and_a_meant_zero_stays() {
        byte[] raw = together(field(1, text(1, "api"), text(2, "")), field(2, number(1, 0), number(5, 0)));
        assertThat(ProtobufReader.read(envelope("apps/v1", "Deployment", raw)))
                .isEqualTo(
                        object("{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {replicas: 0}}"));
    }

    @Test
    void a_pointer_to_nothing_is_something_else_than_no_pointer() {
        byte[] spec = field(2, text(1, ""), number(2, 0), number(5, 0));
        assertThat(ProtobufReader.read(envelope("coordination.k8s.io/v1", "Lease", spec))
                        .path("spec"))
                .isEqualTo(object("{holderIdentity: '', leaseDurationSeconds: 0, leaseTransitions: 0}"));
        byte[] status = field(3, text(1, ""), text(3, ""));
        assertThat(ProtobufReader.read(envelope("v1", "Pod", status)).path("status"))
                .isEqualTo(object("{}"));
    }

    @Test
    void moments_of_microseconds_have_six_digits_always() {
        byte[] moment = together(number(1, 2), number(2, 5_000));
        byte[] spec = field(2, field(3, moment), field(4, number(1, 5)));
        assertThat(ProtobufReader.read(envelope("coordination.k8s.io/v1", "Lease", spec))
                        .path("spec"))
                .isEqualTo(object(
                        "{acquireTime: '1970-01-01T00:00:02.000005Z'," + " renewTime: '1970-01-01T00:00:05.000000Z'}"));
        byte[] event = together(field(6, number(1, 2)), field(10, number(1, 5)));
        assertThat(ProtobufReader.read(envelope("v1", "Event", event)))
                .isEqualTo(object("{apiVersion: v1, kind: Event, firstTimestamp: '1970-01-01T00:00:02Z',"
                        + " eventTime: '1970-01-01T00:00:05.000000Z'}"));
    }

    @Test
    void embedded_messages_bytes_and_amounts_become_what_json_has() {
        byte[] secret = together(field(1, text(1, "s")), field(2, text(1, "p"), text(2, "q")));
        assertThat(ProtobufReader.read(envelope("v1", "Secret", secret)).path("data"))
                .isEqualTo(object("{p: cQ==}"));
        byte[] volume = field(1, text(1, "v"), field(2, field(19, field(1, text(1, "cfg")))));
        assertThat(ProtobufReader.read(envelope("v1", "Pod", field(2, volume))).path("spec"))
                .isEqualTo(object("{volumes: [{name: v, configMap: {name: cfg}}]}"));
    }

    @Test
    void a_port_is_a_number_or_a_name() {
        byte[] byNumber = field(1, number(3, 80), field(4, number(1, 0), number(2, 81), text(3, "")));
        byte[] byName = field(1, number(3, 80), field(4, number(1, 1), number(2, 0), text(3, "http")));
        byte[] raw = field(2, byNumber, byName);
        assertThat(ProtobufReader.read(envelope("v1", "Service", raw))
                        .path("spec")
                        .path("ports"))
                .isEqualTo(object("{x: [{port: 80, targetPort: 81}, {port: 80, targetPort: http}]}")
                        .get("x"));
    }

    @Test
    void other_bytes_and_other_kinds_are_refused() {
        assertThatThrownBy(() -> ProtobufReader.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedProtobufException.class);
        assertThatThrownBy(() -> ProtobufReader.read(envelope("example.com/v1", "Toy", new byte[0])))
                .hasMessage("the fields of example.v1.Toy are not known; send JSON");
        byte[] cut = envelope("v1", "ConfigMap", field(1, text(1, "colours")));
        assertThatThrownBy(() -> ProtobufReader.read(Arrays.copyOf(cut, cut.length - 3)))
                .isInstanceOf(MalformedProtobufException.class);
    }
}
