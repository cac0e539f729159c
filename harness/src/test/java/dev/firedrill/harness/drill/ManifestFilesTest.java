package dev.firedrill.harness.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestFilesTest {
    private final ManifestFiles files = ManifestFiles.of(ManifestFilesTest.class);

    @Test
    void objects_are_read_in_order_from_several_documents_lists_and_files() {
        List<HasMetadata> objects = files.objects("several.yaml", "one.yaml");

        assertThat(objects).extracting(object -> object.getMetadata().getName()).containsExactly("a", "b", "c", "d");
        assertThat(objects.get(0)).isInstanceOf(Deployment.class);
        assertThat(objects.get(1)).isInstanceOf(Service.class);
        assertThat(objects.get(3)).isInstanceOf(GenericKubernetesResource.class);
    }

    @Test
    void files_become_a_config_map_with_their_names_as_keys() {
        assertThat(files.configMap("rules", "rules.txt", "/dev/firedrill/harness/drill/rules.txt")
                        .getData())
                .isEqualTo(Map.of("rules.txt", "first\n"));
    }

    @Test
    void a_file_that_is_not_there_or_is_no_manifest_is_named() {
        assertThatThrownBy(() -> files.objects("none.yaml"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("there is no file none.yaml on the class path of "
                        + getClass().getName());
        assertThatThrownBy(() -> files.objects("rules.txt"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("rules.txt: ");
    }
}
