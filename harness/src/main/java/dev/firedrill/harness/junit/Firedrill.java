package dev.firedrill.harness.junit;

import dev.firedrill.harness.drill.SystemUnderDrill;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a test class a suite of drills: a system is deployed once for the class, in a namespace of its own on a cluster
 * that all classes share, and the tests drill it. Tests may take as parameters a {@link Rehearsal}, a
 * {@link dev.firedrill.harness.drill.Stage}, a {@link dev.firedrill.harness.cluster.Cluster} and a
 * {@link dev.firedrill.harness.alert.Pager}.
 *
 * <pre>{@code
 * @Firedrill(system = Shop.class)
 * class ControllerRestartScenario {
 *     @Test
 *     void a_restart_pages_and_resolves_itself(Rehearsal rehearsal) {
 *         rehearsal.run(Drill.named("standby-restart")....build());
 *     }
 * }
 * }</pre>
 *
 * <p>The kind of cluster is taken from the system property {@code firedrill.cluster}, the seed from
 * {@code firedrill.seed} (drawn and printed otherwise). What the drills leave is below {@code target/firedrill}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(FiredrillExtension.class)
public @interface Firedrill {
    /** The system to deploy; a class with a public constructor without parameters. */
    Class<? extends SystemUnderDrill> system();

    /** Variants with a seeded bug, each as {@code program=variant}; {@code agent=drops} for the pager's own. */
    String[] variants() default {};

    /**
     * Whether the class is reported as aborted, with the reason, where an image of its system cannot be had; it is red
     * otherwise.
     */
    boolean abortedWithoutImages() default false;
}
