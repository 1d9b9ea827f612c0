#!/usr/bin/env python3
"""The key service as boto3 and the AWS CLI see it, on the registry's own port.

    ENTREPOT_URL=http://localhost:5000 AWS_SHARED_CREDENTIALS_FILE=data/credentials acceptance/kms.py

Needs boto3; without `aws` on PATH its lines are not run. Makes keys, and has them deleted after a week.
"""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
CONFIG = Config(retries={"total_max_attempts": 1})
CONTEXT = {"team": "a"}
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


def cryptography(kms, key, alias):
    sealed = kms.encrypt(KeyId=alias, Plaintext=b"text", EncryptionContext=CONTEXT)["CiphertextBlob"]
    opened = kms.decrypt(CiphertextBlob=sealed, EncryptionContext=CONTEXT)
    check("what is encrypted is decrypted", opened["Plaintext"] == b"text" and opened["KeyId"].endswith(key))
    refused("InvalidCiphertextException", kms.decrypt, CiphertextBlob=sealed)
    refused("InvalidCiphertextException", kms.decrypt, CiphertextBlob=b"x" + sealed, EncryptionContext=CONTEXT)
    data = kms.generate_data_key(KeyId=key, KeySpec="AES_256")
    check("a data key has 32 bytes", len(data["Plaintext"]) == 32)
    check("and is decrypted", kms.decrypt(CiphertextBlob=data["CiphertextBlob"])["Plaintext"] == data["Plaintext"])
    only = kms.generate_data_key_without_plaintext(KeyId=key, NumberOfBytes=16)["CiphertextBlob"]
    check("one comes encrypted alone", len(kms.decrypt(CiphertextBlob=only)["Plaintext"]) == 16)
    kms.rotate_key_on_demand(KeyId=key)
    check("a rotated key decrypts as before", kms.decrypt(CiphertextBlob=sealed, EncryptionContext=CONTEXT)["Plaintext"] == b"text")
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    moved = kms.re_encrypt(CiphertextBlob=sealed, SourceEncryptionContext=CONTEXT, DestinationKeyId=other)
    check("another key takes it over", kms.decrypt(CiphertextBlob=moved["CiphertextBlob"])["KeyId"].endswith(other))
    refused("IncorrectKeyException", kms.decrypt, CiphertextBlob=sealed, EncryptionContext=CONTEXT, KeyId=other)
    kms.schedule_key_deletion(KeyId=other, PendingWindowInDays=7)
    refused("KMSInvalidStateException", kms.decrypt, CiphertextBlob=moved["CiphertextBlob"])


def facts(kms, key):
    policy = json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    check("the usual policy names the root", policy["Statement"][0]["Principal"]["AWS"].endswith(":root"))
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(policy))
    refused("MalformedPolicyDocumentException", kms.put_key_policy, KeyId=key, PolicyName="default", Policy="{}")
    kms.tag_resource(KeyId=key, Tags=[{"TagKey": "team", "TagValue": "é"}])
    first = {"TagKey": "a", "TagValue": "b"}
    check("tags are listed", kms.list_resource_tags(KeyId=key)["Tags"] == [first, {"TagKey": "team", "TagValue": "é"}])
    kms.untag_resource(KeyId=key, TagKeys=["team"])
    check("tags go", kms.list_resource_tags(KeyId=key)["Tags"] == [first])
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
    check("it rotates", kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"] == 90)
    kms.disable_key_rotation(KeyId=key)
    kms.update_key_description(KeyId=key, Description="what for")
    check("it is described", kms.describe_key(KeyId=key)["KeyMetadata"]["Description"] == "what for")


def states(kms, key):
    kms.disable_key(KeyId=key)
    refused("DisabledException", kms.encrypt, KeyId=key, Plaintext=b"text")
    kms.enable_key(KeyId=key)
    kms.encrypt(KeyId=key, Plaintext=b"text")
    refused("NotFoundException", kms.describe_key, KeyId=str(uuid.uuid4()))
    refused("UnsupportedOperationException", kms.create_key, KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")


def grants(kms, key):
    account = boto3.client("sts", region_name=REGION, config=CONFIG).get_caller_identity()["Account"]
    root = "arn:aws:iam::%s:root" % account
    terms = dict(KeyId=key, GranteePrincipal=root, RetiringPrincipal=root, Name="accept", Operations=["Encrypt", "RetireGrant"],
                 Constraints={"EncryptionContextSubset": CONTEXT})
    made = kms.create_grant(**terms)
    check("a grant of one name is made once", kms.create_grant(**terms)["GrantId"] == made["GrantId"])
    listed = kms.list_grants(KeyId=key, GrantId=made["GrantId"])["Grants"]
    check("it is listed as it was made", len(listed) == 1 and all(listed[0][name] == terms[name] for name in terms if name != "KeyId"))
    kms.retire_grant(GrantToken=made["GrantToken"])
    refused("NotFoundException", kms.revoke_grant, KeyId=key, GrantId=made["GrantId"])
    refused("ValidationException", kms.create_grant, KeyId=key, GranteePrincipal=root, Operations=["Sign"])
    ecr = boto3.client("ecr", region_name=REGION, config=CONFIG)
    name = "accept-" + key
    arn = ecr.create_repository(repositoryName=name, encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key})["repository"]["repositoryArn"]
    found = [g for p in kms.get_paginator("list_grants").paginate(KeyId=key) for g in p["Grants"]]
    check("a repository has two grants of its key", len(found) == 2 and all(
        g["GranteePrincipal"] == "ecr.%s.amazonaws.com" % REGION
        and g["Constraints"] == {"EncryptionContextSubset": {"aws:ecr:arn": arn}} for g in found))
    for grant in found:
        kms.revoke_grant(KeyId=key, GrantId=grant["GrantId"])
    refused("KmsException", ecr.initiate_layer_upload, repositoryName=name)
    ecr.delete_repository(repositoryName=name)


def cli(alias):
    if not shutil.which("aws"):
        return print("NOT RUN aws kms: no aws on PATH")
    def aws(*words):
        done = subprocess.run(["aws", "--region", REGION, "--output", "text", "kms", *words], capture_output=True, text=True)
        return (done.stdout + done.stderr).strip()
    with tempfile.TemporaryDirectory() as folder:
        plain, sealed = os.path.join(folder, "plain"), os.path.join(folder, "sealed")
        with open(plain, "w") as file:
            file.write("text")
        words = aws("encrypt", "--key-id", alias, "--plaintext", "fileb://" + plain, "--query", "CiphertextBlob")
        with open(sealed, "wb") as file:
            file.write(base64.b64decode(words))
        opened = aws("decrypt", "--ciphertext-blob", "fileb://" + sealed, "--query", "Plaintext")
    check("aws kms encrypt and decrypt", opened == "dGV4dA==")
    check("aws kms list-aliases", alias in aws("list-aliases", "--query", "Aliases[].AliasName"))
    check("aws kms refuses in KMS's words", "NotFoundException" in aws("describe-key", "--key-id", "alias/none"))


def main():
    kms = boto3.client("kms", region_name=REGION, config=CONFIG)
    key = kms.create_key(Description="accept", Tags=[{"TagKey": "a", "TagValue": "b"}])["KeyMetadata"]["KeyId"]
    alias = "alias/accept-" + key
    kms.create_alias(AliasName=alias, TargetKeyId=key)
    refused("AlreadyExistsException", kms.create_alias, AliasName=alias, TargetKeyId=key)
    check("an alias is its key's", kms.describe_key(KeyId=alias)["KeyMetadata"]["KeyId"] == key)
    check("keys are listed", key in [k["KeyId"] for p in kms.get_paginator("list_keys").paginate() for k in p["Keys"]])
    cryptography(kms, key, alias)
    facts(kms, key)
    grants(kms, key)
    states(kms, key)
    cli(alias)
    kms.delete_alias(AliasName=alias)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    check("a key waits for its end", kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion")
    print("%d passed, 0 failed" % passed)


main()
