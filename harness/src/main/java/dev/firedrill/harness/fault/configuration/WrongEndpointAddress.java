package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.fault.AddressSetting;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.RequestFails;
import dev.firedrill.harness.fault.workload.ChangedEnvironment;
import dev.firedrill.harness.model.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A wrong address of a peer in a program's configuration: the peer is well, and this one client does not find it.
 * Whoever watches the peer sees nothing.
 *
 * <pre>{@code
 * WrongEndpointAddress.inConfigMap("dashboard-config", "dashboard.yaml", "ingress-internal:8081", "nowhere:8081",
 *         "http://dashboard:8080/data/users")
 * }</pre>
 */
public final class WrongEndpointAddress implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("wrong-endpoint-address")
            .group("configuration")
            .harms("The address of a Service or another peer in one program's configuration is replaced by a"
                    + " wrong one.")
            .takes(
                    Parameter.of("address", ParameterType.address(), "the peer's address, as the setting has it"),
                    Parameter.of("wrong", ParameterType.address(), "what stands in its place"),
                    Parameter.of("configMap", ParameterType.name(), "the ConfigMap that has the setting")
                            .optional(),
                    Parameter.of("key", ParameterType.key(), "the key of its data that holds the address")
                            .optional(),
                    Parameter.of("deployment", ParameterType.name(), "or the Deployment that has it")
                            .optional(),
                    Parameter.of("env", ParameterType.key(), "the variable of its first container that holds it")
                            .optional(),
                    Parameter.of("url", ParameterType.url(), "what fails when the ConfigMap has taken effect")
                            .optional())
            .changes("the address within the key of the ConfigMap's `data`, wherever it stands there; or within the"
                    + " variable, as by `changed-environment`. What qualifies a name (`.NAMESPACE.svc`) belongs to the"
                    + " address")
            .provenBy("in a ConfigMap: within 90 s `url` is not answered, or with an error from 500 on; without `url`,"
                    + " within 5 s it is read back, which is enough to *plant* it and not to *inject* it. In a"
                    + " Deployment: within 90 s every pod is one that was started with it")
            .undoneBy("the setting as it was; a Deployment rolls out again, and what its pods kept in an emptyDir is"
                    + " lost")
            .madeBy(WrongEndpointAddress::new);

    private static final Duration EFFECT = Duration.ofSeconds(90);

    private final Arguments arguments;
    private final AddressSetting setting;
    private final ObjectRef target;
    private final String host;
    private final int port;
    private final String wrong;

    private WrongEndpointAddress(Arguments arguments) {
        this.arguments = arguments;
        this.setting = AddressSetting.of(arguments);
        this.target = setting.target()
                .orElseThrow(() -> new ConfigurationException(KIND.name() + " needs the place where the address is set;"
                        + " allowed: configMap and key, or deployment and env"));
        String address = arguments.text("address");
        this.host = address.substring(0, address.indexOf(':'));
        this.port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        this.wrong = arguments.text("wrong");
        if (wrong.equals(address)) {
            throw new ConfigurationException(
                    KIND.name() + ": wrong is the address itself, " + address + "; allowed: another one");
        }
        if (arguments.has("url") && !arguments.has("configMap")) {
            throw new ConfigurationException(KIND.name() + ": url is for an address in a ConfigMap; allowed: no url,"
                    + " since a Deployment's pods are proven to be started with the address");
        }
    }

    /**
     * In a key of a ConfigMap that a program follows.
     *
     * @param address the peer's, as in {@code api:8080}
     * @param wrong what stands in its place
     * @param url what fails then, asked from inside
     */
    public static WrongEndpointAddress inConfigMap(
            String configMap, String key, String address, String wrong, String url) {
        return new WrongEndpointAddress(
                KIND.check(Map.of("configMap", configMap, "key", key, "address", address, "wrong", wrong, "url", url)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                target.toString(),
                setting.setting() + " names " + wrong + " instead of " + host + ":" + port,
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        return change(setting.withAddress(scene, host, port, wrong)).plan(scene);
    }

    /** The change of the whole setting, which is a fault of its own. */
    private Fault change(String value) {
        return target.kind().equals("ConfigMap")
                ? WrongConfigValue.in(target.name(), setting.setting(), value)
                : ChangedEnvironment.of(target.name(), setting.setting(), value);
    }

    @Override
    public Proof proof() {
        return arguments
                .textIfAny("url")
                .map(url -> (Proof) RequestFails.to(url, EFFECT))
                .orElseGet(() -> {
                    Proof any = change(wrong).proof();
                    return new Proof() {
                        @Override
                        public String describe() {
                            return any.describe();
                        }

                        @Override
                        public Duration within() {
                            return any.within();
                        }

                        @Override
                        public boolean readsBack() {
                            return any.readsBack();
                        }

                        @Override
                        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                            return change(written(plan)).proof().evidence(scene, plan);
                        }
                    };
                });
    }

    private static String written(FaultPlan plan) {
        return plan.changes().stream()
                .reduce((first, last) -> last)
                .flatMap(last -> last instanceof FieldChange field ? field.after() : Optional.empty())
                .map(value -> value.isString()
                        ? value.asString()
                        : value.path("value").asString(""))
                .orElse("");
    }
}
