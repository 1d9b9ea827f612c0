# Sourced by scripts/docs-test before each page: what a reader has who comes to any of them.

before() { :; } # pages have their own

beside() { # "text" "command": runs it until the page ends, once it has said the text
  local log=$HOME/beside.$RANDOM
  setsid bash -c "$2" >"$log" 2>&1 </dev/null &
  echo $! >>"$HOME/beside"
  for _ in $(seq 600); do
    if grep -qF -- "$1" "$log"; then return; fi
    kill -0 $! 2>/dev/null || break
    sleep 0.2
  done
  echo "it did not say '$1' but:"; cat "$log"
  return 1
}

serve() { # data folder, port, flags...: a server beside the page
  beside "listening on" "exec entrepot serve --data $1 --port $2 ${*:3}"
}

login() { # for docker, podman, skopeo, and for import: who pushes to localhost:PORT
  export DOCKER_CONFIG=$HOME/docker REGISTRY_AUTH_FILE=$HOME/docker/config.json
  mkdir -p "$DOCKER_CONFIG"
  printf '{"auths": {"localhost:%s": {"auth": "%s"}}}' "$1" \
    "$(printf 'AWS:%s' "$(aws ecr get-login-password)" | base64 -w0)" >"$DOCKER_CONFIG/config.json"
}

layout() { # folder [tag]: an image as an OCI layout, of other bytes each time
  python3 - "$1" "${2:-v1}" "$CHECKOUT" <<'PY'
import os, pathlib, sys
folder, tag, home = sys.argv[1:]
sys.path.insert(0, home + "/acceptance/lib")
from layout import Layout, tar_of
layout = Layout(pathlib.Path(folder))
layout.tag(layout.image([tar_of("file-0", os.urandom(2000))]))
index = pathlib.Path(folder) / "index.json"
index.write_text(index.read_text().replace('"v1"', f'"{tag}"'))
PY
}

push() { # repository tag: a new image, through `import`, as the pages' own reader may
  rm -rf "$HOME/pushed"; layout "$HOME/pushed" "$2"
  entrepot import --from "oci:$HOME/pushed" --to "$1" --data data >/dev/null
}

digest() { aws ecr describe-images --repository-name "$1" --image-ids "imageTag=$2" --query 'imageDetails[0].imageDigest' --output text; }

for place in backups run/secrets etc/entrepot etc/ssl var/log/entrepot var/lib srv; do mkdir -p "$place"; done
chmod 700 run/secrets
for secret in ci hook eu pg s3 root; do (umask 077; openssl rand -hex 20 >run/secrets/$secret); done
echo '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:ListImages", "Resource": "*"}]}' >more.json
export CI_SECRET=0123456789abcdefghij
printf 'data: data\n' >entrepot.yaml
FLAGS=() # of the page's server
