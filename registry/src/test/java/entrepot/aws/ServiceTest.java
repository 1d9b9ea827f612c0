package entrepot.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {

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

    private static Family family(String... names) {
        var operations =
                List.of(names).stream().<Operation<?, ?>>map(Named::new).toList();
        return () -> operations;
    }

    @ParameterizedTest
    @CsvSource({"ecr, 62, ''", "iam, 181, UpdateOpenIDConnectProvider", "sts, 12, GetScopedCredentials", "kms, 56, ''"})
    void the_names_are_those_that_the_aws_sdk_has_and_one_that_it_lacks(String service, int count, String lacking) {
        var known = new TreeSet<>(SdkModel.of(service).operations());
        Stream.of(lacking)
                .filter(name -> !name.isEmpty())
                .forEach(name -> assertThat(known.add(name)).isTrue());

        assertThat(find(service).entries().keySet())
                .hasSize(count)
                .usingElementComparator(String::compareToIgnoreCase)
                .hasSameElementsAs(known);
    }

    private static Service find(String name) {
        return Built.FAMILIES.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_built_is_found_and_what_is_not_is_known() {
        var service = Service.ecr(List.of(family("PutImage")));

        assertThat(service.find("PutImage")).contains(new Service.Entry.Built(new Named("PutImage")));
        assertThat(service.find("StartImageScan")).contains(new Service.Entry.NotBuilt());
        assertThat(service.find("putImage")).isEmpty();
    }

    @Test
    void an_operation_that_the_api_does_not_have_is_not_taken() {
        assertThatThrownBy(() -> Service.ecr(List.of(family("MountLayer"))).entries())
                .hasMessageContaining("MountLayer");
    }

    @Test
    void one_name_is_one_operation() {
        assertThatThrownBy(() -> Service.iam(List.of(family("GetUser"), family("GetUser")))
                        .entries())
                .hasMessageContaining("GetUser");
    }
}
