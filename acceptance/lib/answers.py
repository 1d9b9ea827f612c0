"""What a registry answers to every operation that reads, over both doors, as one value that can be compared."""

import datetime
import json
import re

from botocore.exceptions import ClientError
from registry import aws_client, digest_of

READING = re.compile(r"\b(?:Get|List|Describe|BatchGet|BatchCheck)[A-Z][A-Za-z]+\b")
NOT_OF_A_REGISTRY = {  # what hangs on the moment or on no data at all
    "GetAuthorizationToken", "DescribeLayerUpload", "GetCallerIdentity", "GetDownloadUrlForLayer",
}
NO_BACKFILL = "00000000-0000-0000-0000-000000000000"  # by which the operation is asked where there are none


def served(operations):
    """The names of operations that read, in the tables of docs/operations.md; `Not built` is left out."""
    text = re.sub(r"(?s)## Not built.*?\n## ", "## ", operations)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return {name for line in rows for name in READING.findall(line)}


class Answers:
    """Calls by the name of the operation, and remembers which were called."""

    def __init__(self, url, credentials):
        self.clients = {name: aws_client(name, url, credentials) for name in ("ecr", "iam", "kms", "secretsmanager")}
        self.url, self.all, self.called = url, {}, set()

    def ask(self, service, name, /, **members):
        client = self.clients[service]
        method = next(method for method, operation in client.meta.method_to_api_mapping.items() if operation == name)
        try:
            answer = getattr(client, method)(**members)
        except ClientError as refusal:
            answer = {"refused": refusal.response["Error"]}
        answer.pop("ResponseMetadata", None)
        self.called.add(name)
        self.all[f"{name} {json.dumps(members, sort_keys=True)}"] = self.text(answer)
        return answer

    def text(self, answer):
        host = self.url.split("//")[1]
        text = json.dumps(answer, sort_keys=True, default=str)
        for day in 0, 1:  # a secret tells the day on which it was read, as it is here
            date = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=day)
            text = text.replace(f'"LastAccessedDate": "{date}', '"LastAccessedDate": "lately')
        return text.replace(host, "HOST").replace(host.replace("127.0.0.1", "localhost"), "HOST")

    def get(self, registry, path, **headers):
        answer = registry.call("GET", path, headers=headers)
        kept = {name: answer.headers.get(name) for name in ("content-type", "docker-content-digest", "link")}
        self.all[f"GET {path} {headers}"] = [answer.status, kept, digest_of(answer.body)]
        return answer


def answers(registry):
    """Every answer by its question, and the operations that were called."""
    found = Answers(registry.url, registry.credentials)
    repositories = found.ask("ecr", "DescribeRepositories", maxResults=1000)["repositories"]
    of_registry(found, registry)
    for repository in repositories:
        of_repository(found, registry, repository["repositoryName"], repository["repositoryArn"])
    of_accounts(found)
    of_keys(found)
    of_secrets(found)
    return found


def of_registry(found, registry):
    found.ask("ecr", "DescribeRegistry")
    found.ask("ecr", "GetRegistryPolicy")
    for name in ("BASIC_SCAN_TYPE_VERSION", "REGISTRY_POLICY_SCOPE", "BLOB_MOUNTING"):
        found.ask("ecr", "GetAccountSetting", name=name)
    found.ask("ecr", "ListPullTimeUpdateExclusions")
    found.ask("ecr", "DescribeRepositoryCreationTemplates")
    found.ask("ecr", "DescribePullThroughCacheRules")
    found.ask("ecr", "GetRegistryScanningConfiguration")
    found.ask("ecr", "GetSigningConfiguration")
    for backfill in found.ask("ecr", "ListReplicationBackfills").get("backfills", []):
        found.ask("ecr", "DescribeReplicationBackfillResults", replicationBackfillId=backfill["replicationBackfillId"])
    found.ask("ecr", "DescribeReplicationBackfillResults", replicationBackfillId=NO_BACKFILL)
    found.get(registry, "/v2/_catalog?n=1000")


def of_repository(found, registry, name, arn):
    found.ask("ecr", "GetRepositoryPolicy", repositoryName=name)
    found.ask("ecr", "ListTagsForResource", resourceArn=arn)
    found.ask("ecr", "GetLifecyclePolicy", repositoryName=name)
    found.ask("ecr", "GetLifecyclePolicyPreview", repositoryName=name)
    found.ask("ecr", "BatchGetRepositoryScanningConfiguration", repositoryNames=[name])
    found.get(registry, f"/v2/{name}/tags/list?n=1000")
    images = found.ask("ecr", "ListImages", repositoryName=name, maxResults=1000).get("imageIds", [])
    found.ask("ecr", "DescribeImages", repositoryName=name, maxResults=1000)
    for digest in sorted({image["imageDigest"] for image in images}):
        of_image(found, registry, name, digest)
    for tag in sorted(image["imageTag"] for image in images if "imageTag" in image):
        found.get(registry, f"/v2/{name}/manifests/{tag}")


def of_image(found, registry, name, digest):
    answer = found.ask("ecr", "BatchGetImage", repositoryName=name, imageIds=[{"imageDigest": digest}])
    found.ask("ecr", "ListImageReferrers", repositoryName=name, subjectId={"imageDigest": digest})
    found.ask("ecr", "DescribeImageScanFindings", repositoryName=name, imageId={"imageDigest": digest})
    found.ask("ecr", "DescribeImageReplicationStatus", repositoryName=name, imageId={"imageDigest": digest})
    found.ask("ecr", "DescribeImageSigningStatus", repositoryName=name, imageId={"imageDigest": digest})
    found.get(registry, f"/v2/{name}/manifests/{digest}", Accept="*/*")
    found.get(registry, f"/v2/{name}/referrers/{digest}")
    for image in answer.get("images", []):
        manifest = json.loads(image["imageManifest"])
        layers = [part["digest"] for part in [manifest.get("config"), *manifest.get("layers", [])] if part]
        if layers:
            found.ask("ecr", "BatchCheckLayerAvailability", repositoryName=name, layerDigests=sorted(set(layers)))
        for layer in layers:
            found.get(registry, f"/v2/{name}/blobs/{layer}")


def of_accounts(found):
    for name in ("ListVirtualMFADevices",):
        found.ask("iam", name)
    for user in found.ask("iam", "ListUsers")["Users"]:
        of_user(found, {"UserName": user["UserName"]})
    policies = found.ask("iam", "ListPolicies", Scope="Local")["Policies"]
    found.ask("iam", "ListPolicies", Scope="AWS")
    for arn in (policy["Arn"] for policy in policies):
        for name in ("GetPolicy", "ListPolicyTags", "ListEntitiesForPolicy"):
            found.ask("iam", name, PolicyArn=arn)
        for version in found.ask("iam", "ListPolicyVersions", PolicyArn=arn)["Versions"]:
            found.ask("iam", "GetPolicyVersion", PolicyArn=arn, VersionId=version["VersionId"])


def of_user(found, user):
    for name in ("GetUser", "ListUserTags", "ListGroupsForUser", "ListAttachedUserPolicies", "GetLoginProfile",
                 "ListSSHPublicKeys", "ListMFADevices", "ListSigningCertificates", "ListServiceSpecificCredentials"):
        found.ask("iam", name, **user)
    for policy in found.ask("iam", "ListUserPolicies", **user)["PolicyNames"]:
        found.ask("iam", "GetUserPolicy", PolicyName=policy, **user)
    for key in found.ask("iam", "ListAccessKeys", **user)["AccessKeyMetadata"]:
        found.ask("iam", "GetAccessKeyLastUsed", AccessKeyId=key["AccessKeyId"])


def of_keys(found):
    found.ask("kms", "ListAliases")
    for key in (key["KeyId"] for key in found.ask("kms", "ListKeys")["Keys"]):
        for name in ("DescribeKey", "ListKeyPolicies", "ListResourceTags", "GetKeyRotationStatus", "ListGrants"):
            found.ask("kms", name, KeyId=key)
        found.ask("kms", "GetKeyPolicy", KeyId=key, PolicyName="default")


def of_secrets(found):
    for secret in found.ask("secretsmanager", "ListSecrets", IncludePlannedDeletion=True)["SecretList"]:
        for name in ("ListSecretVersionIds", "GetResourcePolicy", "GetSecretValue", "DescribeSecret"):
            found.ask("secretsmanager", name, SecretId=secret["ARN"])


def differences(one, other):
    """What was answered otherwise, a line each."""
    for question in sorted(one.all.keys() | other.all.keys()):
        before, after = one.all.get(question), other.all.get(question)
        if before != after:
            yield f"{question}: {str(before)[:300]} then {str(after)[:300]}"
