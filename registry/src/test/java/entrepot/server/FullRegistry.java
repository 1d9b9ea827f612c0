package entrepot.server;

import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.OCI_INDEX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Tag;

/// A registry with something in every table that callers fill by ECR's, KMS's and Secrets Manager's operations.
final class FullRegistry {

    private static final String LARGE = "x".repeat(200_000);

    /// What no caller makes there.
    static final String MORE = """
            insert into iam_user values ('AIDA1', '000000000000', 'Ann', 'ann', '/', 1);
            insert into iam_user_tag values ('AIDA1', 'team', 'a');
            insert into iam_user_policy values ('AIDA1', 'inline', '{}');
            insert into iam_policy values ('ANPA1', '000000000000', 'Mine', 'mine', '/', null, 1, 2, 1, 2);
            insert into iam_policy_tag values ('ANPA1', 'k', 'v');
            insert into iam_policy_version values ('ANPA1', 1, '{}', 1);
            insert into iam_policy_version values ('ANPA1', 2, '{"é": 1}', 2);
            insert into iam_attachment values ('AIDA1', 'arn:aws:iam::000000000000:policy/Mine', '000000000000');
            insert into lifecycle_policy select id, 'p', '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any",\
            "countType":"imageCountMoreThan","countNumber":99},"action":{"type":"expire"}}]}', 1, 2 from repository limit 1;
            insert into pull_time_exclusion select id, 'arn:aws:iam::000000000000:user/ann', 3 from registry limit 1;
            insert into creation_template select id, 'team', null, 'KMS', null, 'MUTABLE', '', '{}', '{}', \
            'CREATE_ON_PUSH', 'arn:aws:iam::000000000000:role/r', 5, 6 from registry limit 1;
            insert into creation_template_tag select registry, prefix, 'k', 'v' from creation_template;
            insert into cache_rule select id, 'hub', 'registry-1.docker.io', 'ROOT', \
            'arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/hub-AbCdEf', null, 5, 6 from registry limit 1;
            update manifest set pulled_at = 4 where id = 1;
            update manifest set status = 'ARCHIVED', archived_at = 5, activated_at = 6 where id = 4;
            insert into archived_image select id, repo_id, status from manifest where id = 4;
            insert into history_event (repo_id, at, kind, tag, digest, principal, was, was_since, since)
                select id, 5, 'TAG', 'v1', x'01ab', 'arn:aws:iam::000000000000:root', x'01ac', 4, 6 from repository limit 1;
            insert into history_image
                select 99, id, x'01ac', 't', null, null, 3, 4, 5, null, 6, 7, 8 from repository limit 1;
            insert into history_piece select 99, 0, id, x'7b7d' from repository limit 1;
            insert into history_blob select b.id, 99, r.id, 't' from blob b join repository r limit 1;
            insert into history_name select 99, x'01ad', id, null, 0 from repository limit 1;
            insert into history_referrer select 99, id, 't', 2, '{}', 0 from repository limit 1;
            insert into history_policy select id, 'p', '{}', 1 from repository limit 1;
            insert into event values (1, 'u', 'arn:aws:ecr:us-east-1:000000000000:repository/app', 'ECR Image Action', \
            4102444800000000, '{}', 0);
            insert into event_waiting values ('t', 'arn:aws:ecr:us-east-1:000000000000:repository/app', 1, \
            4102444800000000);
            insert into event_line values ('t', 'arn:aws:ecr:us-east-1:000000000000:repository/app', 7, 8);
            insert into registry_scanning select id, 'ENHANCED', 'SCAN_ON_PUSH a*' from registry limit 1;
            insert into scan_push select 98, id, x'01ac', 3 from repository limit 1;
            insert into image_scan select 97, 1, id, registry, x'01ac', 'ENHANCED', 'PUSH', 'COMPLETE', 1, 2, 'd', 3, \
            'HIGH 1', 'db', 4, 0, 1, 1, 1 from repository limit 1;
            insert into image_finding select 97, 1, 1, id, x'7b7d' from repository limit 1;
            insert into image_components select 1, id, x'7b7d' from repository limit 1;
            insert into registry_signing select id, 'arn:aws:signer:us-east-1:000000000000:/signing-profiles/ci a*', \
            94 from registry limit 1;
            insert into signing_rules select 94, id, 'arn:aws:signer:us-east-1:000000000000:/signing-profiles/ci a*' \
            from registry limit 1;
            insert into signing_push select 96, 1, id, x'01ac', 'AIDA1', 'r', 3 from repository limit 1;
            insert into push_to_sign select 95, 1, id, x'01ac', 'AIDA1', 94, 3 from repository limit 1;
            insert into image_signing select 1, 'arn:aws:signer:us-east-1:000000000000:/signing-profiles/ci', id, x'01ac', \
            'AIDA1', 3, 'IN_PROGRESS', null, null, 1, 4, x'01ad', x'7b7d', x'7b7d' from repository limit 1;
            insert into replication_configuration select 1, id, 'true 000000000000/eu-west-1 app', 1, null from registry limit 1;
            insert into replication_change values (1, 1, 'arn:aws:ecr:us-east-1:000000000000:repository/app', 'PUSH', \
            x'01ac', 'v1', 4102444800000000, 0, null);
            insert into replication_waiting values ('000000000000/eu-west-1', \
            'arn:aws:ecr:us-east-1:000000000000:repository/app', 1, 4102444800000000);
            insert into replication_line values ('000000000000/eu-west-1', \
            'arn:aws:ecr:us-east-1:000000000000:repository/app', 7, 8, 'away');
            insert into replication_result select id, '000000000000/eu-west-1', null, 9 from manifest limit 1;
            insert into replication_backfill select 1, 'u', id, '000000000000', 'eu-west-1', '', 'COMPLETE', null, \
            'app', 1, 1, 4102444800000000, 4102444800000000 from registry limit 1;
            insert into replication_backfill_image values (1, 1, 'app', x'01ac', 'v1', 'COMPLETE', null, null);
            insert into kms_grant select 'g', id, 'AIDA1', null, 'Decrypt', '', null, 'AIDA1', 9 from kms_key limit 1;
            """;

    private FullRegistry() {}

    /// Over both doors.
    static void fill(RunningServer server) throws IOException {
        var ecr = server.ecr();
        ecr.createRepository(r -> r.repositoryName("gone"));
        ecr.deleteRepository(r -> r.repositoryName("gone"));
        ecr.createRepository(r ->
                r.repositoryName("app").tags(Tag.builder().key("k").value("v").build()));
        var alias = "alias/mine";
        try (var kms = server.kms().build()) {
            var key = kms.createKey(r -> r.tags(software.amazon.awssdk.services.kms.model.Tag.builder()
                    .tagKey("k")
                    .tagValue("v")
                    .build()));
            kms.createAlias(
                    r -> r.aliasName(alias).targetKeyId(key.keyMetadata().keyId()));
        }
        try (var secrets = server.secrets().build()) {
            var tag = software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                    .key("k")
                    .value("v")
                    .build();
            secrets.createSecret(r -> r.name("hub").secretString("hidden").tags(tag));
        }
        ecr.createRepository(r -> r.repositoryName("sealed")
                .encryptionConfiguration(
                        e -> e.encryptionType(EncryptionType.KMS).kmsKey(alias)));
        ecr.putAccountSetting(r -> r.name("BLOB_MOUNTING").value("DISABLED"));
        ecr.putRegistryPolicy(r -> r.policyText("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "s", "Effect": "Allow",
                    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                    "Action": ["ecr:ReplicateImage"], "Resource": ["arn:aws:ecr:us-east-1:000000000000:repository/*"]}]}"""));
        for (var repository : List.of("app", "sealed")) {
            push(server, repository);
        }
        server.send("POST", "/v2/app/blobs/uploads/", new byte[0]);
    }

    private static void push(RunningServer server, String repository) {
        server.push(repository, CONFIG);
        server.push(repository, LAYER);
        var image = Manifests.image(OCI);
        var index = Manifests.index(OCI_INDEX, Manifests.child(OCI, image));
        var subject = ",\"subject\":" + Manifests.child(OCI, image) + ",\"annotations\":{\"a\":\"" + LARGE + "\"}";
        var referrer = Manifests.image(OCI, Manifests.config(), Manifests.layer(), subject);
        var sparse = Manifests.image(OCI, Manifests.config(), Manifests.descriptor(OCI, Manifests.ABSENT, 9), "");
        put(server, repository, "image", OCI, image);
        put(server, repository, "index", OCI_INDEX, index);
        put(server, repository, "referrer", OCI, referrer);
        put(server, repository, "sparse", OCI, sparse);
        put(server, repository, "last", OCI, Manifests.imageWithNote("last"));
        server.ecr()
                .batchDeleteImage(r -> r.repositoryName(repository)
                        .imageIds(ImageIdentifier.builder().imageTag("last").build()));
    }

    /// A manifest over `/v2`.
    static void put(RunningServer server, String repository, String tag, String type, String manifest) {
        var path = "/v2/%s/manifests/%s".formatted(repository, tag);
        var answer = server.send("PUT", path, manifest.getBytes(UTF_8), "Content-Type", type);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
