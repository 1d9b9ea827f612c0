"""What a test looks like that has a registry of its own."""

import base64
import urllib.request

import pytest


def test_a_repository_is_made(ecr):
    made = ecr.create_repository(repositoryName="team/app", imageTagMutability="IMMUTABLE")["repository"]
    assert made["repositoryUri"].endswith("/team/app")
    with pytest.raises(ecr.exceptions.RepositoryAlreadyExistsException):
        ecr.create_repository(repositoryName="team/app")


def test_docker_s_password_opens_the_same_registry(entrepot, ecr):
    token = ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
    assert base64.b64decode(token).startswith(b"AWS:")
    asked = urllib.request.Request(f"{entrepot.endpoint}/v2/", headers={"Authorization": f"Basic {token}"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200
