#!/usr/bin/env python3
"""IAM and STS as boto3 and the AWS CLI see them, on the registry's own port.

    ENTREPOT_URL=http://localhost:5000 AWS_SHARED_CREDENTIALS_FILE=data/credentials acceptance/iam.py

Needs boto3; without `aws` on PATH its lines are not run. Makes users and policies named accept-*, and removes them.
"""
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
DOCUMENT = json.dumps({"Version": "2012-10-17",
                       "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]})
PULL_ONLY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
CONFIG = Config(retries={"total_max_attempts": 1})
SETTLE = float(os.environ.get("SETTLE", "0"))  # seconds until all nodes know what one was told; 0 where there is one
passed = 0
os.environ["AWS_ENDPOINT_URL"] = os.environ["ENTREPOT_URL"]


def check(what, truth):
    global passed
    print(("PASS " if truth else "FAIL ") + what)
    if not truth:
        raise SystemExit(1)
    passed += 1


def refused(code, status, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        found = e.response["Error"]["Code"], e.response["ResponseMetadata"]["HTTPStatusCode"]
        return check("%s is %s" % (found, (code, status)), found == (code, status))
    check("refused with " + code, False)


def client(service, key=None):
    keys = {} if key is None else {"aws_access_key_id": key["AccessKeyId"],
                                   "aws_secret_access_key": key["SecretAccessKey"]}
    return boto3.client(service, region_name=REGION, config=CONFIG, **keys)


def clean(iam):
    for page in iam.get_paginator("list_users").paginate(PathPrefix="/accept/"):
        for user in page["Users"]:
            name = user["UserName"]
            for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
                iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
            for policy in iam.list_user_policies(UserName=name)["PolicyNames"]:
                iam.delete_user_policy(UserName=name, PolicyName=policy)
            for policy in iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]:
                iam.detach_user_policy(UserName=name, PolicyArn=policy["PolicyArn"])
            iam.delete_user(UserName=name)
    for policy in iam.list_policies(Scope="Local", PathPrefix="/accept/")["Policies"]:
        iam.delete_policy(PolicyArn=policy["Arn"])


def users(iam):
    made = iam.create_user(UserName="accept-a", Path="/accept/", Tags=[{"Key": "team", "Value": "é a=b"}])["User"]
    check("a user has an ARN", made["Arn"].endswith(":user/accept/accept-a"))
    check("a user is found in any case", iam.get_user(UserName="ACCEPT-A")["User"]["UserId"] == made["UserId"])
    refused("EntityAlreadyExists", 409, iam.create_user, UserName="Accept-A")
    refused("NoSuchEntity", 404, iam.get_user, UserName="accept-none")
    refused("ValidationError", 400, iam.create_user, UserName="a b")
    iam.tag_user(UserName="accept-a", Tags=[{"Key": "TEAM", "Value": ""}])
    check("tags have keys in any case", iam.list_user_tags(UserName="accept-a")["Tags"] == [{"Key": "TEAM", "Value": ""}])
    iam.untag_user(UserName="accept-a", TagKeys=["team"])
    check("tags go", iam.list_user_tags(UserName="accept-a")["Tags"] == [])
    check("there are no groups", iam.list_groups_for_user(UserName="accept-a")["Groups"] == [])
    iam.update_user(UserName="accept-a", NewUserName="accept-b")
    for i in range(5):
        iam.create_user(UserName="accept-page%d" % i, Path="/accept/page/")
    pages = list(iam.get_paginator("list_users").paginate(PathPrefix="/accept/page/", PaginationConfig={"PageSize": 2}))
    check("pages", [len(page["Users"]) for page in pages] == [2, 2, 1])


def service_of_use(iam, key, wanted):
    """Of many nodes, the one that saw it writes it down within a minute."""
    for _ in range(90 if SETTLE else 1):
        used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]["ServiceName"]
        if used == wanted:
            break
        time.sleep(1)
    return used


def keys(iam):
    key = iam.create_access_key(UserName="accept-b")["AccessKey"]
    sts = client("sts", key)
    check("a key is the user's", sts.get_caller_identity()["Arn"].endswith(":user/accept/accept-b"))
    check("its use is known", service_of_use(iam, key, "sts") == "sts")
    iam.update_access_key(UserName="accept-b", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    time.sleep(SETTLE)
    refused("InvalidClientTokenId", 403, sts.get_caller_identity)
    iam.update_access_key(UserName="accept-b", AccessKeyId=key["AccessKeyId"], Status="Active")
    time.sleep(SETTLE)
    check("active again", sts.get_caller_identity()["UserId"].startswith("AIDA"))
    refused("AccessDenied", 403, client("iam", key).create_user, UserName="accept-c")
    iam.create_access_key(UserName="accept-b")
    refused("LimitExceeded", 409, iam.create_access_key, UserName="accept-b")
    refused("DeleteConflict", 409, iam.delete_user, UserName="accept-b")
    iam.delete_access_key(UserName="accept-b", AccessKeyId=key["AccessKeyId"])
    time.sleep(SETTLE)
    refused("InvalidClientTokenId", 403, sts.get_caller_identity)


def policies(iam):
    iam.put_user_policy(UserName="accept-b", PolicyName="p", PolicyDocument=DOCUMENT)
    check("a document comes back", iam.get_user_policy(UserName="accept-b", PolicyName="p")["PolicyDocument"]
          == json.loads(DOCUMENT))
    refused("MalformedPolicyDocument", 400, iam.put_user_policy, UserName="accept-b", PolicyName="q",
            PolicyDocument="{}{")
    arn = iam.create_policy(PolicyName="accept-p", Path="/accept/", PolicyDocument=DOCUMENT,
                            Description="<b>&amp;\"'")["Policy"]["Arn"]
    check("a description comes back", iam.get_policy(PolicyArn=arn)["Policy"]["Description"] == "<b>&amp;\"'")
    for policy in (arn, PULL_ONLY):
        iam.attach_user_policy(UserName="accept-b", PolicyArn=policy)
    attached = iam.list_attached_user_policies(UserName="accept-b")["AttachedPolicies"]
    check("both are attached", {a["PolicyArn"] for a in attached} == {arn, PULL_ONLY})
    refused("DeleteConflict", 409, iam.delete_policy, PolicyArn=arn)
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=DOCUMENT, SetAsDefault=True)
    refused("LimitExceeded", 409, iam.create_policy_version, PolicyArn=arn, PolicyDocument=DOCUMENT)
    refused("DeleteConflict", 409, iam.delete_policy_version, PolicyArn=arn, VersionId="v5")
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
    check("the default", [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]
                          if v["IsDefaultVersion"]] == ["v2"])
    for version in ("v1", "v3", "v4", "v5"):
        iam.delete_policy_version(PolicyArn=arn, VersionId=version)
    check("AWS's policies", len(iam.list_policies(Scope="AWS")["Policies"]) >= 6)


def hostile(endpoint):
    def post(body, content_type="application/x-www-form-urlencoded"):
        request = urllib.request.Request(endpoint, body, {"Content-Type": content_type})
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as e:
            return e.code
    check("no signature", post(b"Action=ListUsers&Version=2010-05-08") == 403)
    check("a bomb without signature", post(b"a=" + b"&" * (2 << 20)) == 403)


def cli():
    def aws(*words):
        return json.loads(subprocess.run(["aws", "--output", "json", "--region", REGION, *words],
                                         check=True, capture_output=True, text=True).stdout)
    check("aws sts", aws("sts", "get-caller-identity")["Arn"].endswith(":root"))
    check("aws iam", aws("iam", "get-user", "--user-name", "accept-b")["User"]["UserName"] == "accept-b")
    check("aws iam pages", len(aws("iam", "list-users", "--path-prefix", "/accept/page/", "--page-size", "2")["Users"]) == 5)


def main():
    iam = client("iam")
    clean(iam)
    check("root", client("sts").get_caller_identity()["Arn"].endswith(":root"))
    users(iam)
    keys(iam)
    policies(iam)
    hostile(iam.meta.endpoint_url)
    if shutil.which("aws"):
        cli()
    else:
        print("NOT RUN aws iam: the AWS CLI is not installed")
    refused("NotImplemented", 501, iam.list_groups)
    clean(iam)
    print("%d passed, 0 failed" % passed)


if __name__ == "__main__":
    main()
