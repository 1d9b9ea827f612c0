package entrepot.operation.identity;

import static entrepot.operation.identity.IamCalls.iam;
import static entrepot.operation.identity.IamCalls.outcome;
import static entrepot.operation.identity.IamCalls.tag;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.server.AccessPeople;
import entrepot.server.AccessPeople.Person;
import entrepot.server.RunningServer;
import entrepot.server.Wire;
import entrepot.server.WireAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.iam.IamClient;

/// Attacks on who is who and who may what, against a whole server. The table in `docs/attacks.md` lists them.
class IdentityAttacksTest {

    private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String DEPUTY = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
              {"Effect": "Deny", "Action": "iam:*", "Resource": "*",
               "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}},
              {"Effect": "Deny", "Action": "iam:*", "Resource": "*",
               "Condition": {"StringEquals": {"aws:RequestTag/role": "admin"}}},
              {"Effect": "Deny", "Action": "iam:Tag*", "Resource": "*",
               "Condition": {"StringEquals": {"aws:RequestTag/made": "so"}}},
              {"Effect": "Deny", "Action": "iam:*", "Resource": "*",
               "Condition": {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}}},
              {"Effect": "Deny", "Action": "iam:*", "Resource": "*",
               "Condition": {"StringEquals": {"iam:ResourceTag/locked": "yes"}}}]}""";
    private static final String GRANT = """
            {"Statement": [{"Effect": "Allow", "Action": "ecr:ListImages",
              "Principal": {"AWS": "arn:aws:iam::000000000000:%s"}}]}""";
    private static final String PUSH_ONLY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": [
              "ecr:GetAuthorizationToken", "ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
              "ecr:CompleteLayerUpload", "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer"]}]}""";

    private static Map<String, Person> people;
    private static RunningServer server;
    private static Wire wire;
    private static IamClient root;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        people = AccessPeople.create(data);
        server = RunningServer.start(data, Map.of("basic-access-keys", "true"));
        var port = server.url("/").getPort();
        wire = new Wire(port, "localhost:" + port);
        people.values().forEach(person -> person.logIn(wire, false));
        root = iam(server, server.rootKey().id(), server.rootKey().secret());
    }

    @AfterAll
    static void stop() throws IOException {
        root.close();
        server.close();
    }

    @Test
    void what_is_denied_by_tag_or_policy_stays_denied_to_whom_all_else_is_allowed() {
        root.createUser(r -> r.userName("deputy"));
        root.createUser(r -> r.userName("locked").tags(tag("locked", "yes")));
        root.putUserPolicy(r -> r.userName("deputy").policyName("p").policyDocument(DEPUTY));
        var key = root.createAccessKey(r -> r.userName("deputy")).accessKey();
        try (var deputy = iam(server, key.accessKeyId(), key.secretAccessKey())) {
            may(() -> deputy.tagUser(r -> r.userName("deputy").tags(tag("other", "a"))));
            may(() -> deputy.untagUser(r -> r.userName("deputy").tagKeys("other")));
            may(() -> deputy.createUser(r -> r.userName("minion").tags(tag("other", "a"))));

            mayNot(() -> deputy.tagUser(r -> r.userName("deputy").tags(tag("team", "a"))));
            mayNot(() -> deputy.untagUser(r -> r.userName("deputy").tagKeys("team")));
            mayNot(() -> deputy.tagUser(r -> r.userName("deputy").tags(tag("role", "admin"))));
            mayNot(() -> deputy.createUser(r -> r.userName("tagged").tags(tag("role", "admin"))));
            mayNot(() -> deputy.createUser(r -> r.userName("tagged").tags(tag("made", "so"))));
            mayNot(() -> deputy.createPolicy(
                    r -> r.policyName("tagged").policyDocument(PUSH_ONLY).tags(tag("made", "so"))));
            mayNot(() -> deputy.attachUserPolicy(r -> r.userName("deputy").policyArn(ADMINISTRATOR)));
            mayNotTouchTags(deputy);
            mayNot(() -> deputy.createAccessKey(r -> r.userName("locked")));
            root.untagUser(r -> r.userName("locked").tagKeys("locked"));
            may(() -> deputy.createAccessKey(r -> r.userName("locked")));
        }
    }

    private static void mayNotTouchTags(IamClient deputy) {
        var arn = root.createPolicy(r -> r.policyName("free").policyDocument(PUSH_ONLY))
                .policy()
                .arn();
        may(() -> deputy.tagPolicy(r -> r.policyArn(arn).tags(tag("other", "a"))));
        may(() -> deputy.untagPolicy(r -> r.policyArn(arn).tagKeys("other")));

        mayNot(() -> deputy.tagPolicy(r -> r.policyArn(arn).tags(tag("team", "a"))));
        mayNot(() -> deputy.untagPolicy(r -> r.policyArn(arn).tagKeys("team")));
        mayNot(() -> deputy.tagPolicy(r -> r.policyArn(arn).tags(tag("role", "admin"))));
        root.tagPolicy(r -> r.policyArn(arn).tags(tag("locked", "yes")));
        mayNot(() -> deputy.untagPolicy(r -> r.policyArn(arn).tagKeys("locked")));
        mayNot(() -> deputy.listPolicyTags(r -> r.policyArn(arn)));
    }

    @Test
    void nothing_of_another_account_is_reached_by_iam() {
        var victim = people("allowed");
        root.createUser(r -> r.userName("victim"));
        var arn = root.createPolicy(r -> r.policyName("victims").policyDocument(PUSH_ONLY))
                .policy()
                .arn();
        var guest = people("guest").key();
        try (var thief = iam(server, guest.accessKeyId(), guest.secretAccessKey())) {
            for (var name : List.of("victim", "VICTIM")) {
                absent(() -> thief.getUser(r -> r.userName(name)));
                absent(() -> thief.createAccessKey(r -> r.userName(name)));
                absent(() -> thief.attachUserPolicy(r -> r.userName(name).policyArn(ADMINISTRATOR)));
                absent(() -> thief.deleteUser(r -> r.userName(name)));
            }
            absent(() -> thief.deleteAccessKey(
                    r -> r.accessKeyId(victim.key().accessKeyId()).userName("guest")));
            absent(() -> thief.deleteAccessKey(r -> r.accessKeyId(victim.key().accessKeyId())));
            absent(() -> thief.attachUserPolicy(r -> r.userName("guest").policyArn(arn)));
            absent(() ->
                    thief.getAccessKeyLastUsed(r -> r.accessKeyId(victim.key().accessKeyId())));
            mayNot(() -> thief.getPolicy(r -> r.policyArn(arn)));
            mayNot(() -> thief.getPolicyVersion(r -> r.policyArn(arn).versionId("v1")));
            mayNot(() -> thief.listPolicyVersions(r -> r.policyArn(arn)));
            mayNot(() -> thief.createPolicyVersion(
                    r -> r.policyArn(arn).policyDocument(PUSH_ONLY).setAsDefault(true)));
            mayNot(() -> thief.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v1")));
            mayNot(() -> thief.deletePolicy(r -> r.policyArn(arn)));
            assertThat(thief.listUsers().users()).extracting("userName").containsOnly("stranger", "guest");
            assertThat(thief.listPolicies(r -> r.scope("Local")).policies()).isEmpty();
        }
    }

    /// Who may ask of no user is told the same of one that is there, under whatever path, and of one that is not; and
    /// of a key, whoever has it.
    @Test
    void a_refusal_tells_no_more_than_the_caller_said() {
        var prober = root.createUser(r -> r.userName("prober"));
        root.createUser(r -> r.userName("hidden").path("/secret/"));
        var hidden = root.createAccessKey(r -> r.userName("hidden")).accessKey().accessKeyId();
        var key = root.createAccessKey(r -> r.userName("prober")).accessKey();
        try (var iam = iam(server, key.accessKeyId(), key.secretAccessKey())) {
            for (var name : List.of("hidden", "absent")) {
                assertThat(outcome(() -> iam.getUser(r -> r.userName(name))))
                        .isEqualTo(refusal(prober.user().arn(), "GetUser", "user " + name));
                assertThat(outcome(() -> iam.updateUser(r -> r.userName(name).newUserName("other"))))
                        .isEqualTo(refusal(prober.user().arn(), "UpdateUser", "user " + name));
            }
            for (var id : List.of(hidden, people("guest").key().accessKeyId(), "AKIAAAAAAAAAAAAAAAAA")) {
                assertThat(outcome(() -> iam.getAccessKeyLastUsed(r -> r.accessKeyId(id))))
                        .isEqualTo(refusal(prober.user().arn(), "GetAccessKeyLastUsed", "access key " + id));
            }
        }
    }

    private static String refusal(String user, String action, String resource) {
        return "AccessDenied: User: %s is not authorized to perform: iam:%s on resource: %s because no identity-based"
                        .formatted(user, action, resource)
                + " policy allows the iam:%s action".formatted(action);
    }

    @Test
    void a_user_called_root_is_no_root_and_a_path_is_part_of_who_is_granted() throws IOException {
        var grant = GRANT;
        server.ecr().createRepository(r -> r.repositoryName("rooted"));
        server.ecr().setRepositoryPolicy(r -> r.repositoryName("rooted").policyText(grant.formatted("root")));
        root.createUser(r -> r.userName("root").path("/root/"));
        var key = root.createAccessKey(r -> r.userName("Root")).accessKey();
        var login = basic(key.accessKeyId(), key.secretAccessKey());
        assertThat(list("rooted", login)).isEqualTo("403");
        try (var user = iam(server, key.accessKeyId(), key.secretAccessKey())) {
            mayNot(user::listUsers);
        }

        for (var other : List.of("user/root", "user/root/Root", "user/root/root/root")) {
            assertThatThrownBy(() -> server.ecr()
                            .setRepositoryPolicy(r -> r.repositoryName("rooted").policyText(grant.formatted(other))))
                    .hasMessageContaining("Principal not found");
        }
        server.ecr().setRepositoryPolicy(r -> r.repositoryName("rooted").policyText(grant.formatted("user/root/root")));
        assertThat(list("rooted", login)).isEqualTo("200");
    }

    @Test
    void a_grant_goes_with_its_user_and_to_nobody_of_that_name() throws IOException {
        server.ecr().createRepository(r -> r.repositoryName("named"));
        var first = login("grantee");
        var id = root.getUser(r -> r.userName("grantee")).user().userId();
        server.ecr().setRepositoryPolicy(r -> r.repositoryName("named").policyText(GRANT.formatted("user/grantee")));
        server.ecr()
                .putRegistryPolicy(r -> r.policyText(GRANT.formatted("user/grantee")
                        .replace("ListImages\",", "DescribeImages\", \"Resource\": \"*\",")));
        root.updateUser(r -> r.userName("grantee").newUserName("renamed").newPath("/team/"));
        assertThat(list(first)).isEqualTo("200");
        assertThat(policies()).allMatch(policy -> policy.contains("\"arn:aws:iam::000000000000:user/team/renamed\""));
        assertThat(list(login("grantee"))).isEqualTo("403");

        end("renamed");

        assertThat(policies()).allMatch(policy -> policy.contains("\"AWS\" : \"" + id + "\""));
        root.updateUser(r -> r.userName("grantee").newUserName("renamed").newPath("/team/"));
        assertThat(list(login("renamed"))).isEqualTo("403");
        var dangling = policies().getFirst();
        assertThatThrownBy(() -> server.ecr()
                        .setRepositoryPolicy(r -> r.repositoryName("named").policyText(dangling)))
                .hasMessageContaining("Principal not found");
        server.ecr().deleteRegistryPolicy(r -> {});
    }

    private static List<String> policies() {
        return List.of(
                server.ecr().getRepositoryPolicy(r -> r.repositoryName("named")).policyText(),
                server.ecr().getRegistryPolicy(r -> {}).policyText());
    }

    /// A new key of a user, which is made if it is not there.
    private static String login(String name) {
        outcome(() -> root.createUser(r -> r.userName(name)));
        var key = root.createAccessKey(r -> r.userName(name)).accessKey();
        return basic(key.accessKeyId(), key.secretAccessKey());
    }

    private static void end(String name) {
        root.listAccessKeys(r -> r.userName(name))
                .accessKeyMetadata()
                .forEach(key -> root.deleteAccessKey(r -> r.userName(name).accessKeyId(key.accessKeyId())));
        root.deleteUser(r -> r.userName(name));
    }

    @Test
    void a_login_on_v2_is_a_use_of_its_key() throws IOException {
        root.createUser(r -> r.userName("puller"));
        var key = root.createAccessKey(r -> r.userName("puller")).accessKey();
        var id = key.accessKeyId();
        assertThat(root.getAccessKeyLastUsed(r -> r.accessKeyId(id))
                        .accessKeyLastUsed()
                        .serviceName())
                .isEqualTo("N/A");

        wire.send("GET", "/v2/", List.of(basic(id, "x".repeat(40))), "");
        assertThat(root.getAccessKeyLastUsed(r -> r.accessKeyId(id))
                        .accessKeyLastUsed()
                        .serviceName())
                .isEqualTo("N/A");
        wire.send("GET", "/v2/", List.of(basic(id, key.secretAccessKey())), "");

        var used = root.getAccessKeyLastUsed(r -> r.accessKeyId(id)).accessKeyLastUsed();
        assertThat(used.serviceName()).isEqualTo("ecr");
        assertThat(used.region()).isEqualTo("us-east-1");
        assertThat(used.lastUsedDate()).isAfter(key.createDate().minusSeconds(1));
    }

    private static String list(String login) throws IOException {
        return list("named", login);
    }

    private static String list(String repository, String login) throws IOException {
        return wire.send("GET", "/v2/" + repository + "/tags/list", List.of(login), "")
                .status();
    }

    @Test
    void whoever_may_only_push_neither_deletes_nor_overwrites() throws IOException {
        server.ecr().createRepository(r -> r.repositoryName("pushed").imageTagMutability(ImageTagMutability.IMMUTABLE));
        root.createUser(r -> r.userName("pusher"));
        root.putUserPolicy(r -> r.userName("pusher").policyName("p").policyDocument(PUSH_ONLY));
        var key = root.createAccessKey(r -> r.userName("pusher")).accessKey();
        var login = basic(key.accessKeyId(), key.secretAccessKey());
        var config = server.push("pushed", "{}".getBytes(UTF_8));

        assertThat(put(login, manifest(config, "one")).status()).isEqualTo("201");
        assertThat(put(login, manifest(config, "two")).head()).isEqualTo("400 TAG_INVALID");
        for (var path : List.of("manifests/v1", "blobs/" + config)) {
            assertThat(send(login, "DELETE", path).head()).as(path).isEqualTo("403 DENIED");
        }
        var identity = AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey());
        for (var call : Map.of(
                        "BatchDeleteImage", "\"imageIds\":[{\"imageTag\":\"v1\"}]",
                        "PutImageTagMutability", "\"imageTagMutability\":\"MUTABLE\"",
                        "SetRepositoryPolicy", "\"policyText\":\"{}\"",
                        "DeleteRepository", "\"force\":true")
                .entrySet()) {
            var body = "{\"repositoryName\":\"pushed\"," + call.getValue() + "}";
            var answer = wire.post(wire.sign(identity, "ecr", Wire.json(call.getKey()), body, Clock.systemUTC()), body);
            assertThat(answer.head()).as(call.getKey()).isEqualTo("400 AccessDeniedException");
        }
        assertThat(send(login, "GET", "manifests/v1").body()).isEqualTo(manifest(config, "one"));
    }

    @Test
    void a_link_to_a_layer_dies_with_the_rights_of_whom_it_was_given_to() throws IOException {
        server.ecr().createRepository(r -> r.repositoryName("linked"));
        var digest = server.push("linked", new byte[] {1, 2, 3});
        root.createUser(r -> r.userName("reader"));
        root.putUserPolicy(r -> r.userName("reader").policyName("p").policyDocument(PUSH_ONLY));
        var key = root.createAccessKey(r -> r.userName("reader")).accessKey();
        var identity = AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey());
        var body = "{\"repositoryName\":\"linked\",\"layerDigest\":\"%s\"}".formatted(digest);
        var answer = wire.post(
                wire.sign(identity, "ecr", Wire.json("GetDownloadUrlForLayer"), body, Clock.systemUTC()), body);
        var link = answer.body().replaceFirst(".*\"downloadUrl\":\"https?://[^/]+([^\"]+)\".*", "$1");
        assertThat(wire.send("GET", link, List.of(), "").status()).isEqualTo("200");

        root.deleteUserPolicy(r -> r.userName("reader").policyName("p"));

        assertThat(wire.send("GET", link, List.of(), "").head()).isEqualTo("403 DENIED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS:",
                "AWS:AWS",
                "AWS:password",
                "admin:admin",
                "admin:Harbor12345",
                "admin:password",
                "admin:",
                ":",
                "root:root",
                "root:",
                "anonymous:",
                ":anonymous",
                "000000000000:000000000000",
                "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "AKIAAAAAAAAAAAAAAAAA:test",
                "test:test",
                "AKIAAAAAAAAAAAAAAAAA:0000000000000000000000000000000000000000"
            })
    void no_login_is_built_in(String login) throws IOException {
        var colon = login.indexOf(':');
        var header = basic(login.substring(0, colon), login.substring(colon + 1));
        assertThat(wire.send("GET", "/v2/", List.of(header), "").head()).isEqualTo("401 UNAUTHORIZED");
        if (colon > 0 && colon < login.length() - 1) {
            var key = AwsCredentialsIdentity.create(login.substring(0, colon), login.substring(colon + 1));
            var signed = wire.sign(key, "ecr", Wire.json("DescribeRepositories"), "{}", Clock.systemUTC());
            assertThat(wire.post(signed, "{}").head()).isEqualTo("400 UnrecognizedClientException");
        }
    }

    private static void may(Runnable call) {
        assertThat(outcome(call)).isEqualTo("made");
    }

    private static void mayNot(Runnable call) {
        assertThat(outcome(call)).startsWith("AccessDenied: ");
    }

    private static void absent(Runnable call) {
        assertThat(outcome(call)).startsWith("NoSuchEntity: ");
    }

    private static Person people(String name) {
        return Objects.requireNonNull(people.get(name));
    }

    private static String basic(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private static String manifest(String config, String note) {
        return """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[],\
                "annotations":{"note":"%s"}}""".formatted(config, note);
    }

    private static WireAnswer put(String login, String manifest) throws IOException {
        var type = "Content-Type: application/vnd.oci.image.manifest.v1+json";
        return wire.send("PUT", "/v2/pushed/manifests/v1", List.of(login, type), manifest);
    }

    private static WireAnswer send(String login, String method, String path) throws IOException {
        return wire.send(method, "/v2/pushed/" + path, List.of(login), "");
    }
}
