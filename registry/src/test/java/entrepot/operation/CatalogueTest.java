package entrepot.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrRequest;

class CatalogueTest {

    /// Does nothing, under a name of its own.
    private record Named(String name) implements Operation<String, String> {
        @Override
        public List<Permission> needs(Caller caller, String input) {
            return List.of();
        }

        @Override
        public String run(Caller caller, Law law, String input) {
            return input;
        }
    }

    @Test
    void the_names_are_those_that_the_aws_sdk_has() {
        assertThat(Catalogue.NAMES).hasSize(58).doesNotHaveDuplicates().hasSameElementsAs(sdkOperations());
    }

    private static Set<String> sdkOperations() {
        return Arrays.stream(EcrClient.class.getMethods())
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .filter(EcrRequest.class::isAssignableFrom)
                .map(type -> type.getSimpleName().replaceFirst("Request$", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void what_is_built_is_found_and_what_is_not_is_known() {
        var putImage = new Named("PutImage");
        var catalogue = new Catalogue(List.of(putImage));

        assertThat(catalogue.find("PutImage")).contains(new Catalogue.Entry.Built(putImage));
        assertThat(catalogue.find("StartImageScan")).contains(new Catalogue.Entry.NotBuilt());
        assertThat(catalogue.find("putImage")).isEmpty();
    }

    @Test
    void an_operation_that_ecr_does_not_have_is_not_taken() {
        assertThatThrownBy(() -> new Catalogue(List.of(new Named("MountLayer"))))
                .hasMessageContaining("MountLayer");
    }

    @Test
    void one_name_is_one_operation() {
        assertThatThrownBy(() -> new Catalogue(List.of(new Named("PutImage"), new Named("PutImage"))))
                .hasMessageContaining("PutImage");
    }
}
