package dev.firedrill.harness.junit;

import dev.firedrill.harness.alert.Pager;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.drill.Stage;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Deploys the system of a {@link Firedrill} class and hands it to its tests. */
final class FiredrillExtension implements BeforeAllCallback, ParameterResolver, TestExecutionExceptionHandler {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(FiredrillExtension.class);

    private static final Map<Class<?>, Function<ClassRun, Object>> PARAMETERS = Map.of(
            Rehearsal.class,
            Rehearsal::new,
            Stage.class,
            ClassRun::stage,
            Cluster.class,
            run -> run.stage().cluster(),
            Pager.class,
            run -> run.stage().pager());

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(ClassRun.class, ClassRun.start(context, SharedCluster.of(context)));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Function<ClassRun, Object> value =
                PARAMETERS.get(parameter.getParameter().getType());
        if (value == null) {
            throw new IllegalStateException("not a parameter of a drill: " + parameter);
        }
        return value.apply(run(context));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        run(context).keepDiagnostics(context.getRequiredTestMethod().getName());
        throw thrown;
    }

    private static ClassRun run(ExtensionContext context) {
        ClassRun run = context.getStore(NAMESPACE).get(ClassRun.class, ClassRun.class);
        if (run == null) {
            throw new IllegalStateException(
                    context.getDisplayName() + " has no deployed system: beforeAll did not run");
        }
        return run;
    }
}
