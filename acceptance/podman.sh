#!/usr/bin/env bash
# podman: login, push, pull, a manifest list; its storage and configuration lie in the script's own folder.
. "$(dirname "$0")/lib/steps.sh"
needs podman aws
client podman "$(podman --version | cut -d' ' -f3)"
printf '[storage]\ndriver="vfs"\nrunroot="%s/run"\ngraphroot="%s/graph"\n' "$work" "$work" >"$work/storage.conf"
printf '[[registry]]\nlocation="%s"\ninsecure=%s\n' "$host" "$insecure" >"$work/registries.conf"
export CONTAINERS_STORAGE_CONF=$work/storage.conf CONTAINERS_REGISTRIES_CONF=$work/registries.conf
export REGISTRY_AUTH_FILE=$work/auth.json
app=$host/$space/app
trap 'podman rmi -a -f >/dev/null 2>&1; rm -rf "$work"' EXIT

login() { password | podman login -u AWS --password-stdin "$host"; }
load() { # podman names an image after its layout's path, which must not have upper case then
  (cd "$IMAGES" && podman pull -q "oci:$1:v1") >"$work/id" && podman tag "$(tail -n 1 "$work/id")" "$2"
}
tags() { podman search --list-tags "$app" | grep -q ' v1$'; }
again() { podman rmi -a -f && podman pull -q "$1"; }
list() {
  podman manifest create "$1" && podman manifest add "$1" "oci:$IMAGES/single:v1" &&
    podman manifest add --arch arm64 "$1" "oci:$IMAGES/twenty:v1" && podman manifest push --all "$1" "docker://$1"
}

create app twenty list copy
step "login" login || close
step "load an image" load single "$app:v1"
step "push" podman push --digestfile "$work/digest" "$app:v1"
step "push again" podman push "$app:v1"
step "copy by pushing to another repository" podman push "$app:v1" "docker://$host/$space/copy:v1"
step "list the tags" tags
step "pull by tag" again "$app:v1"
step "pull by digest" again "$app@$(cat "$work/digest")"
step "load 20 layers" load twenty "$host/$space/twenty:v1"
step "push 20 layers" podman push "$host/$space/twenty:v1"
step "pull 20 layers" again "$host/$space/twenty:v1"
step "push as Docker schema 2" podman push --format v2s2 "$host/$space/twenty:v1" "docker://$host/$space/twenty:schema2"
if [ -d "$IMAGES/zstd" ]; then
  zstd() { load zstd "$app:zstd" && podman push --compression-format zstd "$app:zstd" && again "$app:zstd"; }
  step "push and pull zstd layers" zstd
else not_run "push and pull zstd layers" "the image was not made"; fi
step "push a manifest list" list "$host/$space/list:v1"
step "pull the manifest list" again "$host/$space/list:v1"
refused "pull a tag that is not there" 'manifest unknown|not found' podman pull -q "$app:nothing"
step "logout" podman logout "$host"
refused "pull without a login" 'unauthorized|authentication required|denied' podman pull -q "$app:v1"
close
