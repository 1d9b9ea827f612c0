# Sourced before docs/testing.md: what its seed names.

layout layouts/app
(cd layouts && layout of-docker && skopeo copy -q oci:of-docker:v1 docker-archive:../app.tar:app:v2)
policy() { echo "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"a\", \"Effect\": \"Allow\", $1}]}"; }
root='"Principal": {"AWS": "arn:aws:iam::123456789012:root"}'
policy "$root, \"Action\": \"ecr:ReplicateImage\", \"Resource\": \"arn:aws:ecr:us-east-1:000000000000:repository/*\"" >registry.json
policy "$root, \"Action\": \"ecr:BatchGetImage\"" >app.json
cat >lifecycle.json <<'JSON'
{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5},
 "action": {"type": "expire"}}]}
JSON
