#!/usr/bin/env python3
"""Secrets Manager as boto3 and the AWS CLI see it, on the registry's own port.

    ENTREPOT_URL=http://localhost:5000 AWS_SHARED_CREDENTIALS_FILE=data/credentials acceptance/secretsmanager.py

Needs boto3; without `aws` on PATH its lines are not run. Leaves nothing.
"""
import json
import os
import re
import shutil
import subprocess
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
CONFIG = Config(retries={"total_max_attempts": 1})
VALUE = json.dumps({"username": "ann", "accessToken": "hidden"})
os.environ["AWS_ENDPOINT_URL"] = os.environ["ENTREPOT_URL"]
passed = 0


def check(what, truth):
    global passed
    print(("PASS " if truth else "FAIL ") + what)
    if not truth:
        raise SystemExit(1)
    passed += 1


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        found = e.response["Error"]["Code"]
        return check("%s is %s" % (found, code), found == code)
    check("refused with " + code, False)


def values(secrets, name):
    first = secrets.create_secret(Name=name, SecretString=VALUE, Description="for a cache", Tags=[{"Key": "a", "Value": "é"}])
    arn = first["ARN"]
    check("the ARN ends in six characters", re.fullmatch(r"arn:aws:secretsmanager:us-east-1:\d{12}:secret:%s-\w{6}" % re.escape(name), arn))
    refused("ResourceExistsException", secrets.create_secret, Name=name, SecretString="other")
    for asked in (name, arn, arn[:-7]):
        check("read as " + asked.split(":")[-1].split("/")[0], secrets.get_secret_value(SecretId=asked)["SecretString"] == VALUE)
    token = str(uuid.uuid4())
    second = secrets.put_secret_value(SecretId=arn, SecretBinary=b"\x00\xff", ClientRequestToken=token)
    check("a version has its token's name", second["VersionId"] == token and second["VersionStages"] == ["AWSCURRENT"])
    check("bytes come back", secrets.get_secret_value(SecretId=name)["SecretBinary"] == b"\x00\xff")
    check("the one before is the previous", secrets.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")["VersionId"] == first["VersionId"])
    again = secrets.put_secret_value(SecretId=arn, SecretBinary=b"\x00\xff", ClientRequestToken=token)
    check("the same again changes nothing", again["VersionId"] == token)
    refused("ResourceExistsException", secrets.put_secret_value, SecretId=arn, SecretString="x", ClientRequestToken=token)
    secrets.update_secret(SecretId=arn, Description="another", SecretString="third")
    shown = secrets.describe_secret(SecretId=arn)
    check("it is described", shown["Description"] == "another" and shown["Tags"] == [{"Key": "a", "Value": "é"}])
    check("labels moved", sorted(sum(shown["VersionIdsToStages"].values(), [])) == ["AWSCURRENT", "AWSPREVIOUS"])
    listed = secrets.list_secret_version_ids(SecretId=arn, IncludeDeprecated=True)["Versions"]
    check("three versions", len(listed) == 3)
    long = "x" * 65536
    secrets.put_secret_value(SecretId=arn, SecretString=long)
    check("64 KiB come back", secrets.get_secret_value(SecretId=arn)["SecretString"] == long)
    return arn


def policies(secrets, arn):
    account = arn.split(":")[4]
    document = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
                           "Principal": {"AWS": "arn:aws:iam::%s:root" % account}, "Resource": "*"}]})
    check("no policy at first", "ResourcePolicy" not in secrets.get_resource_policy(SecretId=arn))
    secrets.put_resource_policy(SecretId=arn, ResourcePolicy=document, BlockPublicPolicy=True)
    check("a policy comes back", json.loads(secrets.get_resource_policy(SecretId=arn)["ResourcePolicy"]) == json.loads(document))
    public = document.replace("arn:aws:iam::%s:root" % account, "*")
    refused("PublicPolicyException", secrets.put_resource_policy, SecretId=arn, ResourcePolicy=public, BlockPublicPolicy=True)
    refused("MalformedPolicyDocumentException", secrets.put_resource_policy, SecretId=arn, ResourcePolicy="{}")
    secrets.delete_resource_policy(SecretId=arn)
    check("a policy goes", "ResourcePolicy" not in secrets.get_resource_policy(SecretId=arn))


def lists(secrets, name, arn):
    secrets.tag_resource(SecretId=arn, Tags=[{"Key": "team", "Value": name}])
    pages = secrets.get_paginator("list_secrets").paginate(Filters=[{"Key": "tag-value", "Values": [name]}], PaginationConfig={"PageSize": 1})
    found = [secret["ARN"] for page in pages for secret in page["SecretList"]]
    check("it is found by its tag", found == [arn])
    secrets.untag_resource(SecretId=arn, TagKeys=["team", "none"])
    check("a tag goes", len(secrets.describe_secret(SecretId=arn)["Tags"]) == 1)


def ends(secrets, name, arn):
    refused("InvalidParameterException", secrets.delete_secret, SecretId=arn, RecoveryWindowInDays=6)
    secrets.delete_secret(SecretId=arn, RecoveryWindowInDays=7)
    refused("InvalidRequestException", secrets.get_secret_value, SecretId=arn)
    refused("InvalidRequestException", secrets.create_secret, Name=name, SecretString="x")
    secrets.restore_secret(SecretId=arn)
    check("a restored one is read", "SecretString" in secrets.get_secret_value(SecretId=arn))
    secrets.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
    refused("ResourceNotFoundException", secrets.describe_secret, SecretId=arn)
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    refused("ResourceNotFoundException", secrets.get_secret_value, SecretId="none")
    refused("InvalidParameterException", secrets.create_secret, Name=name, KmsKeyId="alias/mine", SecretString="x")


def cli(name):
    if not shutil.which("aws"):
        return print("NOT RUN aws secretsmanager: no aws on PATH")
    def aws(*words):
        done = subprocess.run(["aws", "--region", REGION, "--output", "text", "secretsmanager", *words], capture_output=True, text=True)
        return (done.stdout + done.stderr).strip()
    check("aws secretsmanager create-secret", name in aws("create-secret", "--name", name, "--secret-string", VALUE))
    check("aws secretsmanager get-secret-value", aws("get-secret-value", "--secret-id", name, "--query", "SecretString") == VALUE)
    check("aws secretsmanager list-secrets", name in aws("list-secrets", "--query", "SecretList[].Name"))
    check("aws secretsmanager delete-secret", name in aws("delete-secret", "--secret-id", name, "--force-delete-without-recovery"))
    check("it refuses in AWS's words", "Secrets Manager can't find the specified secret." in aws("get-secret-value", "--secret-id", name))


def main():
    secrets = boto3.client("secretsmanager", region_name=REGION, config=CONFIG)
    name = "accept/" + str(uuid.uuid4())
    arn = values(secrets, name)
    policies(secrets, arn)
    lists(secrets, name, arn)
    ends(secrets, name, arn)
    cli(name + "-cli")
    print("%d passed, 0 failed" % passed)


main()
