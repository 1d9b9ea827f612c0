#!/usr/bin/env bash
# docker: a daemon of the script's own (vfs, no bridge, no iptables) driven by the docker CLI. Needs root.
. "$(dirname "$0")/lib/steps.sh"
needs docker dockerd aws tar
[ "$(id -u)" = 0 ] || { not_run "all of it" "dockerd needs root"; close; }
run=$(mktemp -d /tmp/dXXXXXX) # a short path: names of sockets are limited
export DOCKER_HOST=unix://$run/socket DOCKER_CONFIG=$run/config DOCKER_BUILDKIT=0
mkdir "$run/config" "$work/files" "$work/context"
echo '{}' >"$run/daemon.json"
plain=(); [ $secure = true ] || plain=(--insecure-registry "$host")
dockerd --config-file "$run/daemon.json" --bridge=none --iptables=false --ip6tables=false --ip-masq=false \
  --storage-driver=vfs --data-root "$run/data" --exec-root "$run/exec" --pidfile "$run/pid" -H "$DOCKER_HOST" \
  ${plain[@]+"${plain[@]}"} >"$work/dockerd.log" 2>&1 </dev/null &
daemon=$!
stop() {
  kill "$daemon" 2>/dev/null && wait "$daemon"
  grep -o " $run/[^ ]*" /proc/mounts | while read -r mounted; do umount -l "$mounted"; done
  rm -rf "$run" "$work"
}
trap stop EXIT
ready() { local turn; for turn in $(seq 240); do docker version && return; kill -0 "$daemon" || return 1; sleep 0.5; done; return 1; }
if ! ready >/dev/null 2>&1; then not_run "all of it" "dockerd does not run here: $(tail -n 1 "$work/dockerd.log" | cut -c1-200)"; close; fi

client docker "$(docker version --format 'CLI {{.Client.Version}}, engine {{.Server.Version}}')"
app=$host/$space/app
echo content >"$work/files/file"
printf 'FROM %s:v1\nCOPY file /second\n' "$app" >"$work/context/Dockerfile"
cp "$work/files/file" "$work/context"
login() { password | docker login -u AWS --password-stdin "$host"; }
import() { tar -C "$work/files" -c . | docker import - "$1"; }
again() { docker image prune -a -f && docker pull "$1"; }
all_tags() { docker pull -a -q "$app" && is 2 grep -c . <(docker images -q "$app"); }
mounted() { docker tag "$app:v1" "$host/$space/other:v1" && docker push "$host/$space/other:v1"; }
twice() { docker push "$app:v1" | grep -q 'Layer already exists'; }
big() {
  head -c 500000000 /dev/urandom >"$work/files/big" && import "$host/$space/big:v1" &&
    docker push -q "$host/$space/big:v1" && again "$host/$space/big:v1"
}

create app other twenty index
step "login" login || close
step "take a tar for an image" import "$app:v1"
step "push" docker push "$app:v1"
step "push again: the layer is there" twice
step "copy by pushing to another repository" mounted
step "pull by tag" again "$app:v1"
digest() { docker image inspect --format '{{index .RepoDigests 0}}' "$app:v1" | sed 's/.*@//'; }
step "pull by digest" again "$app@$(digest)"
step "build on the pushed image" docker build -q --pull -t "$app:v2" "$work/context"
step "push what was built" docker push "$app:v2"
step "list the tags to pull all of them" all_tags
if command -v skopeo >/dev/null; then
  put() { skopeo copy -q --all --dest-tls-verify=$secure --dest-creds "AWS:$(password)" "oci:$IMAGES/$1:v1" "docker://$host/$space/$1:v1"; }
  both() { put twenty && put index; }
  retag() { docker tag "$host/$space/twenty:v1" "$host/$space/twenty:v2" && docker push -q "$host/$space/twenty:v2"; }
  step "skopeo puts 20 layers and an index" both
  step "pull 20 layers" again "$host/$space/twenty:v1"
  step "push 20 layers under another tag" retag
  step "pull arm64 out of the index" docker pull --platform linux/arm64 "$host/$space/index:v1"
else not_run "20 layers and an index" "skopeo is not installed"; fi
if [ "${BIG:-0}" = 1 ]; then create big; step "push and pull a layer of 500 MB" big; else not_run "push and pull a layer of 500 MB" "BIG=1 asks for it"; fi
refused "pull a tag that is not there" 'manifest unknown|not found' docker pull "$app:nothing"
missing() { import "$host/$space/missing:v1" && timeout 20 docker push "$host/$space/missing:v1"; }
refused "push to a repository that is not there, quickly" 'name unknown|does not exist|not found' missing
if [ "${ANONYMOUS:-0}" = 1 ]; then # the server has anonymous-pull
  step "log out" docker logout "$host"
  refused "pull without a login of what is not open to all" 'unauthorized|denied|authentication' again "$app:v1"
  open_to_all app >"$work/output"
  step "pull without a login of what is open to all" again "$app:v1"
  refused "push without a login" 'unauthorized|denied|authentication' docker push "$app:v1"
fi
close
