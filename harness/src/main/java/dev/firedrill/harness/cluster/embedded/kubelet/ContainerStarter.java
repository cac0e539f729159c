package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a container into a process: its environment, its command line, its directory. */
final class ContainerStarter {
    private final NodeContext context;
    private final ContainerEnvironment environments;

    ContainerStarter(NodeContext context) {
        this.context = context;
        this.environments = new ContainerEnvironment(context.objects(), context.capacity());
    }

    /** The pod as its containers see it. */
    record Place(Pod pod, String address, PodFiles files, PodVolumes volumes) {}

    /**
     * Starts a container.
     *
     * @param attempt how often it was started before
     * @throws ConfigurationMissing if something that it refers to is not there
     * @throws StartFailure if its program cannot be run
     */
    ContainerRun start(Place place, Container container, ProgramImage image, int attempt)
            throws ConfigurationMissing, StartFailure {
        Pod pod = place.pod();
        Map<String, String> said = environments.of(
                pod, container, place.address(), context.options().nodeAddress(), serviceVariables(pod));
        try {
            MountTable mounts = place.volumes().table(pod, container, said);
            mounts.mount(terminationPath(container), place.files().terminationMessage(container.getName()));
            String mark = String.join(
                    ".",
                    context.options().run(),
                    pod.getMetadata().getUid(),
                    container.getName(),
                    String.valueOf(attempt));
            Map<String, String> environment = environment(place, said, mounts, mark);
            List<String> command = command(place, container, image, said, mounts, environment);
            Path directory = workingDirectory(place, container, mounts);
            ContainerLog log = new ContainerLog(place.files().log(container.getName(), attempt));
            Process process = context.programs().start(command, environment, directory);
            return new ContainerRun(
                    process,
                    mark,
                    container.getImage(),
                    new HandlerActions.Program(command, environment, directory),
                    mounts,
                    log);
        } catch (IOException e) {
            throw new StartFailure("failed to create containerd task: " + e.getMessage());
        }
    }

    private Map<String, String> serviceVariables(Pod pod) {
        URI api = context.options().apiServer();
        Map<String, String> variables = new LinkedHashMap<>();
        if (!Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks())) {
            List<Service> services =
                    context.objects().services(pod.getMetadata().getNamespace());
            variables.putAll(ServiceVariables.of(services));
        }
        ServiceVariables.add(
                variables,
                "KUBERNETES",
                api.getHost(),
                List.of(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withPort(api.getPort())
                        .build()));
        return variables;
    }

    private static Map<String, String> environment(
            Place place, Map<String, String> said, MountTable mounts, String mark) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", Launcher.searchPath());
        environment.put("HOME", place.files().home().toString());
        environment.put("TMPDIR", place.files().temporary().toString());
        environment.put("HOSTNAME", hostName(place.pod()));
        said.forEach((name, value) -> environment.put(name, mounts.rewrite(value)));
        environment.put("LISTEN_ADDRESS", place.address());
        environment.put(ProcessMark.VARIABLE, mark);
        return environment;
    }

    private static String hostName(Pod pod) {
        String own = pod.getSpec().getHostname();
        return own == null || own.isEmpty() ? pod.getMetadata().getName() : own;
    }

    private List<String> command(
            Place place,
            Container container,
            ProgramImage image,
            Map<String, String> said,
            MountTable mounts,
            Map<String, String> environment)
            throws StartFailure, IOException {
        List<String> arguments = told(container.getArgs(), said, mounts);
        List<String> command = new ArrayList<>();
        if (!container.getCommand().isEmpty()) {
            command.addAll(told(container.getCommand(), said, mounts));
        } else if (image.mainClass().isPresent()) {
            command.addAll(javaCommand(place, image, arguments));
        } else {
            command.addAll(image.launcher());
            command.addAll(image.entryPoint());
        }
        command.addAll(arguments);
        if (command.isEmpty()) {
            throw new StartFailure("failed to generate container spec: no command specified");
        }
        String program = command.get(0);
        Path found = Launcher.find(
                        program,
                        environment.getOrDefault("PATH", ""),
                        place.files().home())
                .orElseThrow(
                        () -> new StartFailure("failed to create containerd task: unable to start container process:"
                                + " exec: \"" + program + "\": executable file not found in $PATH"));
        command.set(0, found.toString());
        return command;
    }

    private static List<String> told(List<String> texts, Map<String, String> said, MountTable mounts) {
        return texts.stream()
                .map(text -> mounts.rewrite(Expansion.expand(text, said)))
                .toList();
    }

    private List<String> javaCommand(Place place, ProgramImage image, List<String> arguments) throws IOException {
        Path hosts = context.options()
                .hostsDirectory()
                .resolve(place.pod().getMetadata().getNamespace() + ".hosts");
        return JavaCommand.of(
                place.files(),
                hosts,
                context.options().classPaths().of(image, arguments),
                image.mainClass().orElseThrow());
    }

    private static Path workingDirectory(Place place, Container container, MountTable mounts) throws IOException {
        Path home = place.files().home();
        if (container.getWorkingDir() == null || container.getWorkingDir().isEmpty()) {
            return home;
        }
        Path wanted = Path.of(mounts.rewrite(container.getWorkingDir()));
        return wanted.startsWith(home.getParent()) ? Files.createDirectories(wanted) : home;
    }

    static String terminationPath(Container container) {
        String path = container.getTerminationMessagePath();
        return path == null || path.isEmpty() ? "/dev/termination-log" : path;
    }
}
