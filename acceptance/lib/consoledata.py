"""Fills a registry with what a person may want to look at, and with texts that mean them harm."""

import json
import os

from registry import CONFIG_TYPE, LAYER_TYPE, MANIFEST_TYPE, descriptor, digest_of

INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
HARM = "</textarea></pre></title>'\"><script>window.harmed=1</script><img src=x onerror=window.harmed=1>"
POLICY = {"Version": "2012-10-17", "Statement": [
    {"Sid": "Readers", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/reader"},
     "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:DescribeImages"]},
    {"Sid": "Nobody", "Effect": "Deny", "Principal": "*", "Action": "ecr:DeleteRepository",
     "Condition": {"StringEquals": {"aws:UserAgent": HARM}}}]}
LIFECYCLE = {"rules": [
    {"rulePriority": 1, "description": "Old builds " + HARM[:80],
     "selection": {"tagStatus": "tagged", "tagPatternList": ["build-*"], "countType": "imageCountMoreThan", "countNumber": 50},
     "action": {"type": "expire"}}]}
STEPS = [
    ("ADD rootfs.tar.gz / # buildkit", False), ("ENV PATH=/usr/local/bin:/usr/bin", True),
    ("RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates", False),
    ("COPY --chown=app:app target/app.jar /srv/app.jar", False), ("EXPOSE 8080", True), ("USER app", True),
    ('ENTRYPOINT ["java","-jar","/srv/app.jar"]', True)]


class Fill:
    def __init__(self, registry):
        self.registry = registry
        self.base, self.tools = os.urandom(3_100_000), os.urandom(1_400_000)

    def create(self, name, **more):
        self.registry.ecr.create_repository(repositoryName=name, **more)

    def put(self, repository, reference, document, media_type=MANIFEST_TYPE):
        body = json.dumps(document).encode()
        self.registry.expect(201, "PUT", f"/v2/{repository}/manifests/{reference}", body, {"Content-Type": media_type})
        return {"mediaType": media_type, "digest": digest_of(body), "size": len(body)}

    def image(self, repository, tag, layers, architecture="amd64", note="", **more):
        config = json.dumps({
            "architecture": architecture, "os": "linux", "created": "2026-11-29T08:00:00Z", "id": os.urandom(4).hex(),
            "config": {"User": "app", "Entrypoint": ["java", "-jar", "/srv/app.jar"], "Env": ["PATH=/usr/local/bin"],
                       "Labels": {"org.opencontainers.image.source": "team/web", "note": note}},
            "history": [{"created_by": by or note, "empty_layer": empty} for by, empty in STEPS + [(note, True)]],
        }).encode()
        for blob in (config, *layers):
            self.registry.push_blob(repository, blob)
        return self.put(repository, tag, {
            "schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": descriptor(CONFIG_TYPE, config),
            "layers": [descriptor(LAYER_TYPE, layer) for layer in layers], **more})

    def about(self, repository, subject, kind, **annotations):
        blob = os.urandom(2_000)
        return self.image(repository, "about-" + kind.replace("/", ".").split(".")[-1], [blob], subject=subject,
                          artifactType=kind, annotations=annotations)

    def web(self):
        """A repository as teams have them: builds, releases, an index, a signature, a bill of materials. Its policy
        names the user that `reader` makes."""
        self.create("team/web", tags=[{"Key": "owner", "Value": "web & mobile"}])
        for build in range(1, 10):
            self.image("team/web", f"build-{build}", [self.base, self.tools, os.urandom(150_000 * build)])
        images = [self.image("team/web", f"2.4.0-{each}", [self.base, os.urandom(700_000)], each)
                  for each in ("amd64", "arm64")]
        for image, each in zip(images, ("amd64", "arm64"), strict=True):
            image["platform"] = {"os": "linux", "architecture": each}
        self.put("team/web", "2.4.0", {"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": images}, INDEX_TYPE)
        release = self.image("team/web", "2.3.1", [self.base, self.tools, os.urandom(900_000)], note=HARM,
                             annotations={"note": HARM, HARM: "b"})
        self.about("team/web", release, "application/vnd.dev.cosign.artifact.sig.v1", note=HARM)
        self.about("team/web", release, "application/spdx", created="2026-11-29")
        self.registry.ecr.set_repository_policy(repositoryName="team/web", policyText=json.dumps(POLICY))
        self.registry.ecr.put_lifecycle_policy(repositoryName="team/web", lifecyclePolicyText=json.dumps(LIFECYCLE))
        return release["digest"]

    def many(self, count):
        for number in range(count):
            self.create(f"service/{('api', 'batch', 'edge', 'jobs')[number % 4]}-{number:03d}")

    def reader(self):
        """A user who may look at one repository and no more; their key."""
        iam = self.registry.iam()
        iam.create_user(UserName="reader")
        iam.put_user_policy(UserName="reader", PolicyName="look", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": ["ecr:DescribeRepositories", "ecr:DescribeImages"], "Resource": "*"}]}))
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]
