package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.config.SigningProfiles.Format;
import entrepot.config.SigningProfiles.Profile;
import entrepot.domain.AccountId;
import entrepot.domain.SigningProfileArn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningProfilesTest {

    private static final String ARN = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/";

    @TempDir
    Path folder;

    private List<Profile> profiles(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("entrepot.yaml"), yaml);
        return Config.load(Map.of(), Map.of(), file).registries().signing().all();
    }

    private static Profile profile(String name, Format format, Set<AccountId> accounts) {
        var arn = new SigningProfileArn(ARN + name);
        return new Profile(arn, Path.of("k"), Path.of("c"), format, accounts);
    }

    @Test
    void every_profile_with_all_that_it_can_have() throws IOException {
        assertThat(profiles("")).isEmpty();
        assertThat(profiles("""
                signing:
                  profiles:
                    - {arn: "%1$sci", key-file: k, certificate-chain-file: c}
                    - arn: %1$sqa
                      key-file: k
                      certificate-chain-file: c
                      format: cose
                      accounts: ["111122223333", "444455556666"]
                """.formatted(ARN)))
                .containsExactly(
                        profile("ci", Format.JWS, Set.of()),
                        profile(
                                "qa",
                                Format.COSE,
                                Set.of(new AccountId("111122223333"), new AccountId("444455556666"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {key-file: k, certificate-chain-file: c}               | signing.profiles.0.arn is missing
            {arn: A, key-file: k}                                  | signing.profiles.0.certificate-chain-file is missing
            {arn: A, certificate-chain-file: c}                    | signing.profiles.0.key-file is missing
            {arn: A, key: 'kms:alias/a', certificate-chain-file: c} | signing.profiles.0.key: no key of a key service can sign here
            {arn: b, key-file: k, certificate-chain-file: c}       | signing.profiles.0.arn: b is not allowed
            {arn: A, key-file: k, certificate-chain-file: c, format: pgp} | signing.profiles.0.format: pgp is not allowed; it must be jws or cose
            {arn: A, key-file: k, certificate-chain-file: c, accounts: me} | signing.profiles.0.accounts: me is not allowed
            {arn: A, key-file: k, certificate-chain-file: c, chain: d} | unknown key: signing.profiles.0.chain
            """)
    void what_is_wrong_is_named(String profile, String message) {
        var yaml = "signing: {profiles: [%s]}".formatted(profile.replace("arn: A", "arn: '" + ARN + "ci'"));
        assertThatThrownBy(() -> profiles(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("%s:1: %s", folder.resolve("entrepot.yaml"), message);
    }

    @Test
    void a_profile_is_listed_once() {
        var one = "{arn: '%sci', key-file: k, certificate-chain-file: c}".formatted(ARN);
        assertThatThrownBy(() -> profiles("signing: {profiles: [%1$s, %1$s]}".formatted(one)))
                .hasMessage(
                        "%s:1: signing.profiles.1: is the same profile as one before", folder.resolve("entrepot.yaml"));
    }

    @Test
    void there_is_nothing_else_about_signing() {
        assertThatThrownBy(() -> profiles("signing: {keys: 1}")).hasMessageContaining("signing.keys");
    }
}
