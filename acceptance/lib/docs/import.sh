# Sourced before docs/import.md: registries and folders to import from.

other_registry() { # of another account and region, with team/app:v1
  local port=$((PORT + 7))
  (umask 077; echo other-registry-of-the-page >other.secret)
  cat >other.yaml <<YAML
data: other
account: "123456789012"
region: eu-west-1
root-key: {id: AKIAEXAMPLEEXAMPLEOO, secret-file: other.secret}
YAML
  serve other "$port" --config other.yaml
  layout there
  entrepot import --from oci:there --to team/app --config other.yaml
  AWS_ACCESS_KEY_ID=AKIAEXAMPLEEXAMPLEOO AWS_SECRET_ACCESS_KEY=other-registry-of-the-page \
    AWS_ENDPOINT_URL=http://localhost:$port AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 login "$port"
}

distribution() { # folder: as distribution keeps app:v1
  layout of-distribution
  python3 - of-distribution "$1/docker/registry/v2" <<'PY'
import json, pathlib, sys
layout, root = map(pathlib.Path, sys.argv[1:])
def keep(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
for blob in (layout / "blobs" / "sha256").iterdir():
    keep(root / "blobs" / "sha256" / blob.name[:2] / blob.name / "data", blob.read_bytes())
digest = json.loads((layout / "index.json").read_text())["manifests"][0]["digest"]
app = root / "repositories" / "app"
for link in ("_manifests/revisions/" + digest.replace(":", "/"), "_manifests/tags/v1/current",
             "_manifests/tags/v1/index/" + digest.replace(":", "/")):
    keep(app / link / "link", digest.encode())
for blob in (layout / "blobs" / "sha256").iterdir():
    keep(app / "_layers" / "sha256" / blob.name / "link", ("sha256:" + blob.name).encode())
PY
}

case $(basename "${BASH_SOURCE[1]:-}") in README.sh) return ;; esac

before() {
  other_registry
  distribution var/lib/registry
  layout var/lib/zot/team/zot
  layout DIR
  push team/app v1
  export AWS_ENDPOINT_URL_ECR=http://localhost:$((PORT + 7)) AWS_ACCESS_KEY_ID=AKIAEXAMPLEEXAMPLEOO \
    AWS_SECRET_ACCESS_KEY=other-registry-of-the-page
}
