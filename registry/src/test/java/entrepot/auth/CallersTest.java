package entrepot.auth;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {

    private static final RegistryAddress PUBLIC = new RegistryAddress("https", "registry.example.com");
    private static final Principal ROOT = Principal.ofRoot(new AccountId("111111111111"), "AKIA");
    private static final RegistryId OWN = new RegistryId(new AccountId("111111111111"), "eu-west-1");

    private static final Origin ORIGIN = new Origin("192.0.2.1", true, "Docker-Client/28", "1");

    private final Callers callers =
            new Callers(new RegistryHosts(_ -> PUBLIC, Set.of("Mirror.example.com", "other.example.com:5000")));

    private static RegistryAddress calledAs(String host) {
        return new RegistryAddress("http", host);
    }

    private String apiAddress(String host) {
        var caller =
                callers.ofApi(new Authentication.Proven(ROOT, OWN.account(), OWN.region()), calledAs(host), ORIGIN);
        assertThat(caller.registry()).isEqualTo(OWN);
        return caller.address().endpoint();
    }

    @ParameterizedTest
    @CsvSource({
        "api.ecr.eu-west-1.amazonaws.com, 111111111111.dkr.ecr.eu-west-1.amazonaws.com",
        "ecr.eu-west-1.amazonaws.com, 111111111111.dkr.ecr.eu-west-1.amazonaws.com",
        "API.ECR.eu-west-1.amazonaws.com, 111111111111.dkr.ecr.eu-west-1.amazonaws.com",
        "ecr-fips.eu-west-1.amazonaws.com, 111111111111.dkr.ecr-fips.eu-west-1.amazonaws.com",
        "ecr.eu-west-1.api.aws, 111111111111.dkr-ecr.eu-west-1.on.aws",
        "api.ecr.cn-north-1.amazonaws.com.cn, 111111111111.dkr.ecr.eu-west-1.amazonaws.com.cn",
        "ecr.cn-north-1.api.amazonwebservices.com.cn, 111111111111.dkr-ecr.eu-west-1.on.amazonwebservices.com.cn",
        "api.ecr.us-iso-east-1.c2s.ic.gov, 111111111111.dkr.ecr.eu-west-1.c2s.ic.gov",
        "api.ecr.us-isob-east-1.sc2s.sgov.gov, 111111111111.dkr.ecr.eu-west-1.sc2s.sgov.gov",
        "api.ecr.eu-isoe-west-1.cloud.adc-e.uk, 111111111111.dkr.ecr.eu-west-1.cloud.adc-e.uk",
        "api.ecr.us-isof-south-1.csp.hci.ic.gov, 111111111111.dkr.ecr.eu-west-1.csp.hci.ic.gov",
        "api.ecr.eusc-de-east-1.amazonaws.eu, 111111111111.dkr.ecr.eu-west-1.amazonaws.eu",
        "api.ecr.eu-west-1.localhost:5000, 111111111111.dkr.ecr.eu-west-1.localhost:5000",
        "api.ecr.eu-west-1.here.localhost:5000, 111111111111.dkr.ecr.eu-west-1.here.localhost:5000",
        "111111111111.dkr.ecr.eu-west-1.localhost:5000, 111111111111.dkr.ecr.eu-west-1.localhost:5000",
        "222222222222.dkr.ecr.us-east-1.localhost, 111111111111.dkr.ecr.eu-west-1.localhost",
        "111111111111.dkr-ecr.eu-west-1.on.aws, 111111111111.dkr-ecr.eu-west-1.on.aws",
        "mirror.example.com, mirror.example.com",
        "mirror.EXAMPLE.com:8443, mirror.example.com:8443",
        "other.example.com:5000, other.example.com:5000",
    })
    void a_host_that_can_be_trusted_becomes_the_address(String host, String address) {
        assertThat(apiAddress(host)).isEqualTo("https://" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example.com",
                "localhost:5000",
                "other.example.com:5001",
                "mirror.example.com.evil.com",
                "mirror.example.com:x",
                "mirror.example.com:80:80",
                "evilmirror.example.com",
                "api.ecr.eu-west-1.evil.com",
                "111111111111.dkr.ecr.eu-west-1.evil.com",
                "111111111111.dkr.ecr.eu-west-1.amazonaws.com.evil.com",
                "111111111111.dkr.ecr.eu-west-1.evillocalhost",
                "111111111111.dkr.ecr.eu-west-1.amazonaws.com@evil.com",
                "111111111111.dkr.ecr.eu-west-1.amazonaws.com:80/evil",
                "api.ecr.nowhere.amazonaws.com",
                "111111111111.dkr.ecr.us-iso-east-1.evil.ic.gov",
                "x.ecr.eu-west-1.amazonaws.com",
            })
    void any_other_host_never_gets_into_an_address(String host) {
        assertThat(apiAddress(host)).isEqualTo("https://registry.example.com");
    }

    /// Whoever is not known yet sends it.
    @Test
    void a_host_longer_than_any_name_is_none_of_ecrs() {
        assertThat(apiAddress("ecr.eu-west-1." + "a.".repeat(15_000) + "localhost"))
                .isEqualTo("https://registry.example.com");
    }

    @Test
    void an_address_that_is_not_configured_has_the_scheme_the_client_came_by() {
        var unnamed = new Callers(new RegistryHosts(scheme -> new RegistryAddress(scheme, "localhost:5000"), Set.of()));
        var proven = new Authentication.Proven(ROOT, OWN.account(), OWN.region());

        for (var scheme : List.of("http", "https")) {
            var other = unnamed.ofApi(proven, new RegistryAddress(scheme, "evil.example.com"), ORIGIN);
            var own = unnamed.ofApi(proven, new RegistryAddress(scheme, "api.ecr.eu-west-1.localhost"), ORIGIN);
            assertThat(other.address().endpoint()).isEqualTo(scheme + "://localhost:5000");
            assertThat(own.address().endpoint()).isEqualTo(scheme + "://111111111111.dkr.ecr.eu-west-1.localhost");
        }
    }

    @Test
    void on_v2_the_host_names_the_registry() {
        var caller = callers.ofRegistry(ROOT, OWN, calledAs("222222222222.dkr.ecr.eu-west-1.amazonaws.com"), ORIGIN);

        assertThat(caller).hasValueSatisfying(c -> {
            assertThat(c.registry()).isEqualTo(new RegistryId(new AccountId("222222222222"), "eu-west-1"));
            assertThat(c.address().host()).isEqualTo("222222222222.dkr.ecr.eu-west-1.amazonaws.com", ORIGIN);
            assertThat(c.principal()).isEqualTo(ROOT);
            assertThat(c.origin()).isEqualTo(ORIGIN);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000", "mirror.example.com", "evil.example.com", "api.ecr.us-east-1.localhost"})
    void on_v2_the_token_names_it_where_the_host_does_not(String host) {
        assertThat(callers.ofRegistry(ROOT, OWN, calledAs(host), ORIGIN))
                .hasValueSatisfying(c -> assertThat(c.registry()).isEqualTo(OWN));
    }

    @Test
    void a_token_of_another_region_does_not_fit() {
        assertThat(callers.ofRegistry(ROOT, OWN, calledAs("111111111111.dkr.ecr.us-east-1.amazonaws.com"), ORIGIN))
                .isEmpty();
    }

    @Test
    void regions_are_any_of_the_form_or_those_listed() {
        assertThat(Regions.ANY.serves("eu-west-1")).isTrue();
        assertThat(Regions.ANY.serves("us-gov-east-1")).isTrue();
        assertThat(Regions.ANY.serves("here")).isFalse();
        var one = new Regions(Set.of("eu-west-1"));
        assertThat(one.serves("eu-west-1")).isTrue();
        assertThat(one.serves("eu-west-2")).isFalse();
    }

    @Test
    void a_global_service_has_us_east_1_under_two_names() {
        var global = new Regions(Set.of("eu-west-1")).withGlobal();
        assertThat(global.meant("aws-global")).isEqualTo("us-east-1");
        assertThat(global.meant("eu-west-1")).isEqualTo("eu-west-1");
        assertThat(global.serves("us-east-1")).isTrue();
        assertThat(global.serves("eu-west-2")).isFalse();
        assertThat(Regions.ANY.meant("aws-global")).isEqualTo("aws-global");
    }

    @Test
    void a_global_service_is_in_the_partitions_that_are_served_only() {
        var gov = new Regions(Set.of("us-gov-east-1")).withGlobal();
        assertThat(gov.meant("aws-us-gov-global")).isEqualTo("us-gov-west-1");
        assertThat(gov.serves("us-gov-west-1")).isTrue();
        assertThat(gov.serves("us-east-1")).isFalse();
        assertThat(gov.serves("cn-north-1")).isFalse();
        assertThat(gov.serves(gov.meant("nowhere-global"))).isFalse();
    }
}
