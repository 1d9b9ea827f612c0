#!/usr/bin/env bash
# buildah: an image from scratch in both formats, one built on it, a manifest list; storage in the script's own folder.
. "$(dirname "$0")/lib/steps.sh"
needs buildah aws
client buildah "$(buildah --version | cut -d' ' -f3)"
printf '[storage]\ndriver="vfs"\nrunroot="%s/run"\ngraphroot="%s/graph"\n' "$work" "$work" >"$work/storage.conf"
printf '[[registry]]\nlocation="%s"\ninsecure=%s\n' "$host" "$insecure" >"$work/registries.conf"
export CONTAINERS_STORAGE_CONF=$work/storage.conf CONTAINERS_REGISTRIES_CONF=$work/registries.conf
export REGISTRY_AUTH_FILE=$work/auth.json BUILDAH_ISOLATION=chroot
base=$host/$space/base
mkdir "$work/context"
echo content >"$work/context/file"
printf 'FROM %s:v1\nCOPY file /second\n' "$base" >"$work/context/Containerfile"
printf 'FROM scratch\nCOPY file /only\n' >"$work/context/Containerfile.list"
clear_all() { buildah rm -a && buildah rmi -a -f; }
trap 'clear_all >/dev/null 2>&1; rm -rf "$work"' EXIT

login() { password | buildah login --tls-verify=$secure -u AWS --password-stdin "$host"; }
from_scratch() {
  local container; container=$(buildah from scratch) && buildah copy "$container" "$work/context/file" /file &&
    buildah config --label made=here "$container" && buildah commit -q "$container" "$base:v1" &&
    buildah commit -q --format docker "$container" "$base:docker"
}
list() {
  buildah bud -q --manifest both --platform linux/amd64,linux/arm64 -f "$work/context/Containerfile.list" "$work/context" &&
    buildah manifest push --tls-verify=$secure --all both "docker://$host/$space/list:v1"
}
again() { clear_all; buildah pull -q "$1"; }

create base app list copy
step "login" login || close
step "build an image from scratch" from_scratch
step "push in OCI format" buildah push "$base:v1"
step "push in Docker format" buildah push "$base:docker"
step "copy by pushing to another repository" buildah push "$base:v1" "docker://$host/$space/copy:v1"
step "clear the storage" clear_all
step "build on the pushed image" buildah bud -q -t "$host/$space/app:v1" "$work/context"
step "push what was built" buildah push "$host/$space/app:v1"
step "pull it" again "$host/$space/app:v1"
step "push a manifest list of two platforms" list
step "pull the manifest list" again "$host/$space/list:v1"
refused "pull a tag that is not there" 'manifest unknown|not found' buildah pull -q "$base:nothing"
close
