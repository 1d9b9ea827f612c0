package entrepot.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PolicyDocumentTest {

    record Refusal(String refused, PolicyKind kind, String text, String because) {
        @Override
        public String toString() {
            return refused;
        }
    }

    private static final List<Refusal> REFUSALS = read();

    static List<Refusal> refusals() {
        return REFUSALS;
    }

    private static List<Refusal> read() {
        try (var file = PolicyDocumentTest.class.getResourceAsStream("/policy/refusals.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<List<Refusal>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void a_malformed_document_is_refused(Refusal refusal) {
        assertThatThrownBy(() -> PolicyDocument.parse(refusal.text(), refusal.kind()))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(refusal.because());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}",
                "{'Version':'2008-10-17','Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}]}",
                "{'Statement':[{'Sid':'','Effect':'Allow','Action':'*','Resource':'*'},"
                        + "{'Sid':'','Effect':'Deny','Action':'*','Resource':'*'}]}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws-cn:ecr:cn-north-1:1:repository/a:b'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::bucket'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:*:ecr:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:ecr:*:*:repository/${aws:username'}}",
                "{'Statement':{'Effect':'Allow','Action':['ecr:Put?mage','*'],'Resource':['*']}}"
            })
    void a_document_for_an_identity_is_read(String text) {
        assertThat(PolicyDocument.parse(text.replace('\'', '"'), PolicyKind.IDENTITY)
                        .kind())
                .isEqualTo(PolicyKind.IDENTITY);
    }

    @ParameterizedTest
    @EnumSource(
            value = PolicyKind.class,
            names = {"REPOSITORY", "REGISTRY"})
    void a_resources_policy_may_have_a_sid_twice_and_any_characters_in_it(PolicyKind kind) {
        var statement = "{'Sid':'a b','Effect':'Allow','Action':'*','Principal':'*','Resource':'*'}";
        var text = "{'Statement':[%1$s,%1$s]}".formatted(statement).replace('\'', '"');

        assertThat(PolicyDocument.parse(text, kind).kind()).isEqualTo(kind);
    }

    @Test
    void the_principals_are_listed_each_once() {
        var document = parse("""
                {"Id": "of-app", "Statement": [
                  {"Sid": "with spaces", "Effect": "Allow", "Action": "*", "Principal": {
                    "AWS": ["222222222222", "arn:aws:iam::111111111111:user/team/ann", "*",
                            "arn:aws-cn:iam::333333333333:root"],
                    "Service": "lambda.amazonaws.com",
                    "Federated": "cognito-identity.amazonaws.com"}},
                  {"Effect": "Deny", "Action": "*", "NotPrincipal": {
                    "AWS": ["222222222222", "arn:aws:sts::444444444444:assumed-role/build/nightly",
                            "arn:aws:sts::444444444444:federated-user/fred"]}}]}
                """);

        assertThat(document.id()).isEqualTo("of-app");
        assertThat(document.principals())
                .containsExactly(
                        new AwsPrincipal(new AccountId("222222222222"), "arn:aws:iam::222222222222:root"),
                        new AwsPrincipal(new AccountId("111111111111"), "arn:aws:iam::111111111111:user/team/ann"),
                        new AwsPrincipal(new AccountId("333333333333"), "arn:aws-cn:iam::333333333333:root"),
                        new AwsPrincipal(
                                new AccountId("444444444444"), "arn:aws:sts::444444444444:assumed-role/build/nightly"),
                        new AwsPrincipal(
                                new AccountId("444444444444"), "arn:aws:sts::444444444444:federated-user/fred"));
        assertThat(document.principals())
                .extracting(AwsPrincipal::isAccount)
                .containsExactly(true, false, true, false, false);
    }

    @Test
    void an_identity_policy_names_nobody() {
        var document = PolicyDocument.parse(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}", PolicyKind.IDENTITY);

        assertThat(document.principals()).isEmpty();
        assertThat(document.id()).isNull();
    }

    @Test
    void a_text_is_laid_out_as_ecr_does() {
        assertThat(PolicyDocument.pretty("""
                {"Version":"2008-10-17","Statement":[{"Sid":"z","Effect":"Allow","Principal":{"AWS":["1","2"]},
                "Action":"ecr:*","Condition":{"NumericLessThan":{"a:b":1.50},"Bool":{"a:c":true}}}],"Id":"a"}""")).isEqualTo("""
                        {
                          "Version" : "2008-10-17",
                          "Statement" : [ {
                            "Sid" : "z",
                            "Effect" : "Allow",
                            "Principal" : {
                              "AWS" : [ "1", "2" ]
                            },
                            "Action" : "ecr:*",
                            "Condition" : {
                              "NumericLessThan" : {
                                "a:b" : 1.50
                              },
                              "Bool" : {
                                "a:c" : true
                              }
                            }
                          } ],
                          "Id" : "a"
                        }""");
    }

    @Test
    void a_text_that_is_not_json_is_not_laid_out() {
        assertThatThrownBy(() -> PolicyDocument.pretty("{")).isInstanceOf(MalformedPolicyException.class);
    }

    @Test
    void documents_are_not_taken_for_another_kind() {
        var ofRepository = parse("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":\"*\"}}");

        assertThatThrownBy(() -> new PolicySet(List.of(ofRepository), null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegistryPolicy(ofRepository, RegistryPolicy.Scope.V2))
                .isInstanceOf(IllegalArgumentException.class);
        var ofUser = ManagedPolicies.all().getFirst().document();
        assertThatThrownBy(() -> new PolicySet(List.of(), ofUser, null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PolicyDocument parse(String text) {
        return PolicyDocument.parse(text, PolicyKind.REPOSITORY);
    }
}
