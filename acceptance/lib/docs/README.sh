# Sourced before README.md, whose first block starts the server that the others talk to.

before() {
  unset ENTREPOT_PORT ENTREPOT_CONFIG ENTREPOT_BASIC_ACCESS_KEYS
  case $1 in
    "./entrepot serve") printf 'data: data\nevents: [{type: file, path: %s/told.json}]\n' "$HOME" >entrepot.yaml
      export ENTREPOT_CONFIG=entrepot.yaml ENTREPOT_PORT=$PORT ENTREPOT_BASIC_ACCESS_KEYS=true ;;
    *"| docker login"*) docker_daemon; tar -C run -c . | docker import - busybox >/dev/null ;;
    "boto3."*) ;;
    *"| podman login"*) containers ;;
    "crane push"*) login "$PORT"; layout layout; echo content >file; chart ;;
    "entrepot serve --ephemeral"*) echo 'repositories: [{name: team/app}]' >seed.yaml ;;
    "tls:"*) (cd etc/entrepot && "$CHECKOUT/acceptance/lib/certificates" . && mv server.key key.pem) ;;
    "docker login -u"*) key_in_file ;;
    "./entrepot import"*) other_registry; distribution var/lib/registry ;;
    "./entrepot history"*) push app gone; DIGEST=$(digest app gone); export DIGEST
      aws ecr batch-delete-image --repository-name app --image-ids "imageDigest=$DIGEST" >/dev/null ;;
    "./entrepot lifecycle"*) aws ecr put-lifecycle-policy --repository-name app --lifecycle-policy-text '{"rules": [
      {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1},
       "action": {"type": "expire"}}]}' >/dev/null ;;
    "./entrepot events"*) export THEN; THEN=$(date -u -d '1 minute ago' +%FT%TZ) ;;
    "./entrepot backup"*) cp data/server.key server.key ;;
  esac
}

docker_daemon() { # of this page's own, which ends with it
  export DOCKER_HOST=unix://$HOME/docker.sock DOCKER_CONFIG=$HOME/docker
  mkdir -p "$DOCKER_CONFIG"; echo '{}' >daemon.json
  beside "API listen on" "exec dockerd --config-file daemon.json --bridge=none --iptables=false --ip6tables=false \
    --ip-masq=false --storage-driver=vfs --data-root $HOME/dockerd --exec-root $HOME/exec --pidfile $HOME/docker.pid -H $DOCKER_HOST"
}

containers() { # podman and buildah have the image that they push
  printf '[storage]\ndriver="vfs"\nrunroot="%s/podman-run"\ngraphroot="%s/podman"\n' "$HOME" "$HOME" >storage.conf
  export CONTAINERS_STORAGE_CONF=$HOME/storage.conf REGISTRY_AUTH_FILE=$HOME/podman.json
  layout made
  skopeo copy -q oci:made:v1 "containers-storage:localhost:$PORT/app:v1"
  skopeo copy -q oci:made:v1 docker-archive:app.tar:app:v1
}

chart() {
  aws ecr create-repository --repository-name chart >/dev/null
  helm create chart >/dev/null && helm package chart >/dev/null
  mkdir -p "$HOME/.config/helm/registry" && cp "$DOCKER_CONFIG/config.json" "$HOME/.config/helm/registry/"
}

key_in_file() { # AKIA... of the page is the root's
  sed -n 's/^aws_secret_access_key *= *//p' data/credentials | head -n 1 >secret
  AKIA=$(sed -n 's/^aws_access_key_id *= *//p' data/credentials | head -n 1); export AKIA
}
. "$CHECKOUT/acceptance/lib/docs/import.sh"
