package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldReadBack;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Secret that was rotated on one side alone: its key has a new value that nobody else knows. It lies unseen until
 * something reads the Secret anew, such as a restart.
 */
public final class RotatedSecret implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("rotated-secret")
            .group("configuration")
            .harms("A key of a Secret gets a new value that nobody else knows, where something reads it later.")
            .takes(
                    Parameter.of("secret", ParameterType.name(), "the Secret"),
                    Parameter.of("key", ParameterType.key(), "the key of its data, which must be there"))
            .changes("the key of the Secret's `data`, to a random value. The undo is kept in a Secret, and"
                    + " neither value is"
                    + " written anywhere else")
            .provenBy("within 5 s it is read back. That is enough to *plant* it; it proves no effect, so that it"
                    + " cannot be"
                    + " *injected*: a trigger must surface it")
            .undoneBy("the value as it was")
            .madeBy(RotatedSecret::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private final Arguments arguments;
    private final ObjectRef secret;
    private final String key;

    private RotatedSecret(Arguments arguments) {
        this.arguments = arguments;
        this.secret = new ObjectRef("v1", "Secret", arguments.text("secret"));
        this.key = arguments.text("key");
    }

    /** Gives a key of a Secret of the drill's namespace another value. */
    public static RotatedSecret in(String secret, String key) {
        return new RotatedSecret(KIND.check(Map.of("secret", secret, "key", key)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                secret.toString(),
                "the key " + key + " has a value that nobody knows",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        byte[] value = HexFormat.of().formatHex(random).getBytes(StandardCharsets.UTF_8);
        var change = scene.objects()
                .set(
                        secret,
                        "/data/" + ObjectFields.escaped(key),
                        JSON.getNodeFactory().stringNode(Base64.getEncoder().encodeToString(value)));
        if (change.before().isEmpty()) {
            throw new ConfigurationException(secret + " has no key " + key + ", which rotated-secret needs");
        }
        return new FaultPlan(List.of(change), "whatever reads " + key + " of " + secret);
    }

    @Override
    public Proof proof() {
        return new FieldReadBack(secret + " holds another " + key, "another value of " + key);
    }
}
