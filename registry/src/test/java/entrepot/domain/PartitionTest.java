package entrepot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {

    private static final Partition GOV = Partition.named("aws-us-gov").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "us-east-1, aws, us-east-1",
        "il-central-1, aws, us-east-1",
        "xx-nowhere-1, aws, us-east-1",
        "cn-north-1, aws-cn, cn-north-1",
        "us-gov-east-1, aws-us-gov, us-gov-west-1",
        "us-iso-west-1, aws-iso, us-iso-east-1",
        "us-isob-east-1, aws-iso-b, us-isob-east-1",
        "eu-isoe-west-1, aws-iso-e, eu-isoe-west-1",
        "us-isof-east-1, aws-iso-f, us-isof-south-1",
        "eusc-de-east-1, aws-eusc, eusc-de-east-1"
    })
    void a_region_is_of_the_partition_that_has_names_of_its_form(String region, String name, String iam) {
        assertThat(Partition.ofRegion(region).name()).isEqualTo(name);
        assertThat(Partition.ofRegion(region).iamRegion()).isEqualTo(iam);
    }

    @Test
    void an_arn_is_moved_and_what_is_none_stays() {
        assertThat(new Arn("arn:aws:iam::1:user/a:b").in(GOV)).isEqualTo(new Arn("arn:aws-us-gov:iam::1:user/a:b"));
        for (var none : new String[] {"*", "", "arn:", "arn:aws", "anonymous", "arn:aws2:iam::1:root", "arn:*:ecr:"}) {
            assertThat(new Arn(none).in(GOV)).isEqualTo(new Arn(none));
        }
    }

    @Test
    void only_identities_have_a_name_in_each_partition() {
        assertThat(new Arn("arn:aws:iam::1:user/a").aliases())
                .hasSize(Partition.all().size())
                .contains(new Arn("arn:aws-cn:iam::1:user/a"));
        assertThat(new Arn("arn:aws:ecr:eu-west-1:1:repository/iam:a").aliases())
                .hasSize(1);
        assertThat(new Arn("arn:x:iam::1:user/a").aliases()).hasSize(1);
    }

    @Test
    void a_repositorys_arn_is_read_in_the_partition_of_its_region_only() {
        assertThat(RepositoryArn.parse("arn:aws-cn:ecr:cn-north-1:123456789012:repository/a/b"))
                .isPresent();
        assertThat(RepositoryArn.parse("arn:aws:ecr:cn-north-1:123456789012:repository/a"))
                .isEmpty();
        assertThat(RepositoryArn.parse("arn:aws-cn:ecr:us-east-1:123456789012:repository/a"))
                .isEmpty();
        assertThat(RepositoryArn.isOne(new Arn("arn:aws-us-gov:ecr:us-gov-west-1:1:repository/*")))
                .isTrue();
    }
}
