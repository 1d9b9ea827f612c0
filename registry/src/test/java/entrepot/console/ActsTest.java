package entrepot.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.iam.IamClient;

class ActsTest {

    private static final String HERE = "/console/us-east-1/";
    private static final String READS = """
            {"Version":"2012-10-17","Statement":[{"Sid":"Look","Effect":"Allow","Action":"ecr:Describe*",
             "Resource":"*"}]}""";

    private static RunningServer server;
    private static IamClient iam;
    private static Browser root;
    private static Browser reader;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
        var key = server.rootKey();
        iam = IamClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build();
        root = Browser.root(server);
        iam.createUser(r -> r.userName("reader"));
        iam.putUserPolicy(r -> r.userName("reader").policyName("look").policyDocument(READS));
        var readers = iam.createAccessKey(r -> r.userName("reader")).accessKey();
        reader = Browser.signedIn(server, readers.accessKeyId(), readers.secretAccessKey());
    }

    @AfterAll
    static void stop() throws IOException {
        root.close();
        reader.close();
        iam.close();
        server.close();
    }

    /// A repository with one image, and its digest.
    private static String image(String repository, String... tags) {
        server.ecr().createRepository(r -> r.repositoryName(repository));
        var config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(UTF_8);
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":9}]}""".formatted(
                server.push(repository, config), config.length, server.push(repository, "one layer".getBytes(UTF_8)));
        for (var tag : tags) {
            server.ecr()
                    .putImage(r ->
                            r.repositoryName(repository).imageManifest(manifest).imageTag(tag));
        }
        return new ManifestBytes(manifest.getBytes(UTF_8))
                .digest(Digest.Algorithm.SHA256)
                .toString();
    }

    private static ImageDetail stored(String repository, String digest) {
        return server.ecr()
                .describeImages(r -> r.repositoryName(repository)
                        .imageIds(ImageIdentifier.builder().imageDigest(digest).build()))
                .imageDetails()
                .getFirst();
    }

    private static void done(String page) {
        var answer = root.submit(page, page, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(root.get(answer.headers().firstValue("Location").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_image_is_deleted_after_what_goes_was_named() {
        var digest = image("acts/delete", "one", "two");
        var page = HERE + "confirm?name=acts/delete&act=delete-image&digest=" + digest;

        assertThat(root.get(page).body())
                .contains(digest, "Its tags go, too: ", "Delete the image")
                .containsPattern("one, two|two, one");
        done(page);

        assertThat(server.ecr()
                        .describeImages(r -> r.repositoryName("acts/delete"))
                        .imageDetails())
                .isEmpty();
    }

    @Test
    void a_tag_goes_and_with_the_last_one_the_image() {
        var digest = image("acts/untag", "one", "two");
        var page = HERE + "confirm?name=acts/untag&act=delete-tag&tag=";

        assertThat(root.get(page + "one").body()).contains("The image stays, with the tags two.");
        done(page + "one");
        assertThat(stored("acts/untag", digest).imageTags()).containsExactly("two");
        assertThat(root.get(page + "two").body()).contains("It is the image's last tag, so the image goes, too");
        done(page + "two");

        assertThat(server.ecr()
                        .describeImages(r -> r.repositoryName("acts/untag"))
                        .imageDetails())
                .isEmpty();
    }

    @Test
    void a_tag_is_moved_and_an_immutable_one_is_not() {
        var digest = image("acts/tag", "one");
        done(HERE + "confirm?name=acts/tag&act=tag&tag=stable&digest=" + digest);
        assertThat(stored("acts/tag", digest).imageTags()).containsExactlyInAnyOrder("one", "stable");

        done(HERE + "confirm?name=acts/tag&act=mutability&mode=IMMUTABLE");
        var again = HERE + "confirm?name=acts/tag&act=tag&tag=stable&digest=" + digest;
        var refused = root.submit(again, again, Map.of());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("ImageAlreadyExistsException");
    }

    @Test
    void a_repository_is_made_set_and_deleted() {
        done(HERE + "confirm?name=acts/made&act=create-repository");
        done(HERE + "confirm?name=acts/made&act=scan-on-push&on=yes");
        done(HERE + "confirm?name=acts/made&act=mutability&mode=IMMUTABLE_WITH_EXCLUSION&exclusions=dev-*%0Atest");

        var made = server.ecr()
                .describeRepositories(r -> r.repositoryNames("acts/made"))
                .repositories()
                .getFirst();
        assertThat(made.imageScanningConfiguration().scanOnPush()).isTrue();
        assertThat(made.imageTagMutabilityAsString()).isEqualTo("IMMUTABLE_WITH_EXCLUSION");
        assertThat(root.get(HERE + "settings?name=acts/made").body()).contains("dev-*\ntest");
        done(HERE + "confirm?name=acts/made&act=delete-repository");
        assertThat(root.get(HERE + "repository?name=acts/made").statusCode()).isEqualTo(404);
    }

    @Test
    void policies_are_written_and_taken_away() {
        image("acts/policy", "one");
        var page = HERE + "policy?name=acts/policy";
        var wrong = root.submit(page, page, Map.of("policy", "{</textarea>"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("Invalid repository policy provided", "{&lt;/textarea&gt;");

        var written = root.submit(page, page, Map.of("policy", """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:PutImage"}]}"""));
        assertThat(written.statusCode()).isEqualTo(303);
        assertThat(root.get(page).body()).contains("ecr:PutImage");
        done(HERE + "confirm?name=acts/policy&act=delete-policy");
        assertThat(root.get(page).body()).contains("Repository policy does not exist");
    }

    @Test
    void a_lifecycle_policy_is_seen_on_a_time_line_before_it_is_saved() throws InterruptedException {
        image("acts/lifecycle", "one");
        var page = HERE + "lifecycle?name=acts/lifecycle";
        var policy = """
                {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan",
                 "countNumber":1},"action":{"type":"expire"}}]}""";

        assertThat(root.submit(page, page, Map.of("policy", "{}")).statusCode()).isEqualTo(400);
        assertThat(root.submit(page, page, Map.of("policy", policy)).statusCode())
                .isEqualTo(303);
        var seen = root.get(page + "&preview=yes").body();
        for (var end = Instant.now().plus(Duration.ofSeconds(60));
                seen.contains("data-again=") && Instant.now().isBefore(end); ) {
            Thread.sleep(200);
            seen = root.get(page + "&preview=yes").body();
        }

        assertThat(seen)
                .contains("<svg class=\"timeline\"", "class=\"keep\"", "Save this policy", "<strong>0</strong>");
        assertThat(root.get(page).body()).contains("Lifecycle policy does not exist");
        assertThat(root.submit(page, page, Map.of("policy", policy, "save", "yes"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(root.get(page).body()).contains("There is one in force");
        done(HERE + "confirm?name=acts/lifecycle&act=delete-lifecycle");
    }

    @Test
    void a_scan_without_a_scanner_is_refused_in_the_words_of_ecr() {
        var digest = image("acts/scan", "one");
        var page = HERE + "confirm?name=acts/scan&act=scan&digest=" + digest;

        var refused = root.submit(page, page, Map.of());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("ValidationException", "This feature is disabled");
    }

    @Test
    void a_form_does_what_was_asked_and_nothing_that_an_address_smuggled_in() {
        var digest = image("acts/smuggled", "one");
        var asked = root.get(HERE + "confirm?z%26act%3Ddelete-repository%26y=1&act=scan&name=acts/smuggled&digest="
                        + digest + "&act=delete-image")
                .body();

        assertThat(asked)
                .contains("action=\"" + HERE + "confirm?name=acts/smuggled&amp;act=scan&amp;digest=" + digest + "\"")
                .doesNotContain("act=delete-repository", "act=delete-image");
        assertThat(Links.with("/a", "b&c=d", "e")).isEqualTo("/a?b%26c%3Dd=e");
    }

    @Test
    void whoever_may_push_alone_brings_nothing_back() {
        image("acts/push-alone", "one");
        iam.createUser(r -> r.userName("pusher"));
        iam.putUserPolicy(r -> r.userName("pusher")
                .policyName("push")
                .policyDocument(READS.replace("Look", "Push")
                        .replace("\"ecr:Describe*\"", "[\"ecr:Describe*\",\"ecr:Put*\"]")));
        var key = iam.createAccessKey(r -> r.userName("pusher")).accessKey();
        try (var pusher = Browser.signedIn(server, key.accessKeyId(), key.secretAccessKey())) {
            var refused = pusher.submit(
                    HERE, HERE + "confirm?name=acts/push-alone&act=undelete&digest=sha256:" + "0".repeat(64), Map.of());

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("is not authorized to perform: ecr:BatchDeleteImage");
        }
    }

    @Test
    void statements_are_quoted_to_those_alone_who_may_read_them() {
        image("acts/quoted", "one");
        iam.createUser(r -> r.userName("asker"));
        var key = iam.createAccessKey(r -> r.userName("asker")).accessKey();
        var page = HERE + "policy?name=acts/quoted&who=reader&action=DescribeImages";
        try (var asker = Browser.signedIn(server, key.accessKeyId(), key.secretAccessKey())) {
            mayAsk("");
            assertThat(asker.get(page).body())
                    .contains("reader may.", "Statement 1 of the inline policy look, which you may not read.")
                    .doesNotContain("Look");

            mayAsk(",\"iam:GetUserPolicy\"");
            assertThat(asker.get(page).body()).contains("Statement 1 of the inline policy look:", "Look");
        }
    }

    private static void mayAsk(String more) {
        iam.putUserPolicy(r -> r.userName("asker").policyName("ask").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":[
                 "ecr:DescribeRepositories","ecr:GetRepositoryPolicy","iam:SimulatePrincipalPolicy"%s]}]}""".formatted(more)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "confirm?name=acts/forged&act=delete-image&digest=one",
                "confirm?name=acts/forged&act=delete-tag&tag=one",
                "confirm?name=acts/forged&act=tag&digest=one&tag=two",
                "confirm?name=acts/forged&act=scan&digest=one",
                "confirm?name=acts/forged&act=mutability&mode=IMMUTABLE",
                "confirm?name=acts/forged&act=scan-on-push&on=yes",
                "confirm?name=acts/forged&act=delete-policy",
                "confirm?name=acts/forged&act=delete-lifecycle",
                "confirm?name=acts/forged&act=delete-repository",
                "confirm?name=acts/forged-2&act=create-repository",
                "confirm?name=acts/forged-2&act=undelete-repository",
                "confirm?act=delete-registry-policy",
                "registry",
                "policy?name=acts/forged",
                "lifecycle?name=acts/forged",
                "../sign-out"
            })
    void no_act_is_done_for_another_site(String path) {
        if (server.ecr().describeRepositories().repositories().stream()
                .noneMatch(one -> one.repositoryName().equals("acts/forged"))) {
            image("acts/forged", "one");
        }
        var address = path.startsWith("../") ? "/console/" + path.substring(3) : HERE + path;
        var token = root.token(HERE);

        assertThat(root.post(address, Map.of("a", "b")).statusCode()).isEqualTo(403);
        assertThat(root.post(address, Map.of("form-token", reader.token(HERE))).statusCode())
                .isEqualTo(403);
        assertThat(root.post(address, Map.of("form-token", token), new String[0])
                        .statusCode())
                .isEqualTo(403);
        assertThat(root.post(address, Map.of("form-token", token), "Origin", "http://localhost:1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(root.post(address, Map.of("form-token", token), "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(root.get(HERE).statusCode()).isEqualTo(200);
        assertThat(server.ecr()
                        .describeImages(r -> r.repositoryName("acts/forged"))
                        .imageDetails()
                        .getFirst()
                        .imageTags())
                .containsExactly("one");
    }

    @Test
    void looking_at_an_act_does_nothing() {
        var digest = image("acts/look", "one");
        root.get(HERE + "confirm?name=acts/look&act=delete-image&digest=" + digest);
        root.get(HERE + "confirm?name=acts/look&act=delete-repository");

        assertThat(stored("acts/look", digest).imageTags()).containsExactly("one");
        assertThat(stored("acts/look", digest).lastRecordedPullTime()).isNull();
    }

    @Test
    void whoever_may_not_is_told_so_in_the_words_of_ecr() {
        var digest = image("acts/denied", "one");
        var act = HERE + "confirm?name=acts/denied&act=delete-image&digest=" + digest;
        var refused = reader.submit(act, act, Map.of());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains(
                        "User: arn:aws:iam::000000000000:user/reader is not authorized to perform: ecr:BatchDeleteImage",
                        "AccessDeniedException");
        assertThat(reader.get(HERE + "image?name=acts/denied&digest=" + digest).body())
                .contains("one", "is not authorized to perform: ecr:BatchGetImage");
        assertThat(stored("acts/denied", digest).imageTags()).containsExactly("one");
    }

    @Test
    void rights_that_end_while_a_page_is_open_are_gone_when_its_form_is_sent() {
        image("acts/ending", "one");
        iam.putUserPolicy(r -> r.userName("reader").policyName("more").policyDocument(READS.replace("Describe*", "*")));
        var act = HERE + "confirm?name=acts/ending&act=delete-tag&tag=one";
        assertThat(reader.get(act).statusCode()).isEqualTo(200);
        iam.deleteUserPolicy(r -> r.userName("reader").policyName("more"));

        assertThat(reader.submit(HERE, act, Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void who_may_is_told_with_the_statement_that_decides() {
        image("acts/who", "one");
        var page = HERE + "policy?name=acts/who&who=reader&action=";
        assertThat(root.get(page + "DescribeImages").body()).contains("reader may.", "inline policy look", "Look");
        assertThat(root.get(page + "PutImage").body())
                .contains("reader may not", "because no identity-based policy allows", "No statement says anything");

        server.ecr().setRepositoryPolicy(r -> r.repositoryName("acts/who").policyText("""
                {"Version":"2012-10-17","Statement":[
                 {"Sid":"Other","Effect":"Allow","Principal":"*","Action":"ecr:ListImages"},
                 {"Sid":"Shut","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::000000000000:user/reader"},
                  "Action":"ecr:DescribeImages"}]}"""));

        assertThat(root.get(page + "DescribeImages").body())
                .contains("may not, with an explicit deny in a resource-based policy", "Statement 2 of the", "Shut")
                .contains("user/reader")
                .doesNotContain("Statement 1 of the");
        assertThat(root.get(HERE + "policy?name=acts/who&who=nobody").body()).contains("cannot be found");
        assertThat(root.get(HERE + "policy?name=acts/who&who=arn:x").body()).contains("is not valid");
        assertThat(reader.get(page + "DescribeImages").body())
                .contains("is not authorized to perform: iam:SimulatePrincipalPolicy");
    }
}
