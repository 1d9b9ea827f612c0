#!/usr/bin/env bash
# containerd: a daemon of the script's own, driven by ctr: every kind of image in and out again. Needs root.
. "$(dirname "$0")/lib/steps.sh"
needs containerd ctr aws python3 tar
[ "$(id -u)" = 0 ] || { not_run "all of it" "containerd needs root"; close; }
client containerd "$(containerd --version | cut -d' ' -f3)"
run=$(mktemp -d /tmp/cXXXXXX) # a short path: names of sockets are limited
export CONTAINERD_ADDRESS=$run/socket CONTAINERD_SNAPSHOTTER=native
cat >"$run/config.toml" <<TOML
version = 2
root = "$run/root"
state = "$run/state"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
address = "$run/socket"
[ttrpc]
address = "$run/socket.ttrpc"
TOML
containerd -c "$run/config.toml" >"$work/containerd.log" 2>&1 </dev/null &
daemon=$!
stop() {
  kill "$daemon" 2>/dev/null && wait "$daemon"
  grep -o " $run/[^ ]*" /proc/mounts | while read -r mounted; do umount -l "$mounted"; done
  rm -rf "$run" "$work"
}
trap stop EXIT
ready() { local turn; for turn in $(seq 240); do ctr version && return; kill -0 "$daemon" || return 1; sleep 0.5; done; return 1; }
if ! ready >/dev/null 2>&1; then not_run "all of it" "containerd does not run here: $(tail -n 1 "$work/containerd.log" | cut -c1-200)"; close; fi

base=$host/$space
how=(--plain-http)
if [ $secure = true ]; then # ctr takes localhost for plain HTTP unless a file says otherwise
  mkdir -p "$run/hosts/$host"
  printf 'server = "https://%s"\n[host."https://%s"]\nca = "%s"\n' "$host" "$host" "$ENTREPOT_CA" >"$run/hosts/$host/hosts.toml"
  how=(--hosts-dir "$run/hosts")
fi
c() { # user:password command... : `ctr images pull`, `content fetch`, with the login and the way to the registry
  ctr "$2" "$3" "${how[@]}" -u "$1" "${@:4}"
}
login=AWS:$(password)
load() { tar -C "$IMAGES/$1" -cf "$run/image.tar" . && ctr images import --all-platforms --no-unpack --base-name "$base/$1" "$run/image.tar"; }
put_subject() { # containerd sends no bare subject: it stands under a tag of its own
  load single && ctr images tag "$base/single:v1" "$base/artifact:subject" && c "$login" images push "$base/artifact:subject"
}
drop() { ctr images rm --sync $(ctr images ls -q); }
has_digest() { is "$(digest_of "$IMAGES/$1")" awk -v name="$base/$1:v1" '$1 == name { print $3 }' <(ctr images ls); }
copy() { c "$login" images pull "$base/twenty:v1" && ctr images tag "$base/twenty:v1" "$base/copy:v1" && c "$login" images push "$base/copy:v1"; }
object() { c "$login" content fetch-object "$base/single@$1" "$1" | cmp - "$(blob_file "$IMAGES/single" "$1")"; }
for image in single twenty zstd index artifact big; do
  if [ ! -d "$IMAGES/$image" ]; then not_run "push $image" "the image was not made"; continue; fi
  create "$image"
  [ "$image" = artifact ] && { step "push the artifact's subject" put_subject || continue; }
  step "load $image" load "$image" &&
    step "push $image" c "$login" images push "$base/$image:v1" &&
    step "DescribeImages knows $image" is "$(digest_of "$IMAGES/$image")" api_digest "$image" v1 &&
    step "drop $image" drop || continue
  if [ "$image" = artifact ]; then step "pull $image" c "$login" content fetch "$base/$image:v1"
  else step "pull $image" c "$login" images pull --all-platforms "$base/$image:v1"; fi &&
    step "the digest of $image is the same" has_digest "$image"
done
create copy
step "copy by pushing to another repository" copy
step "pull by digest" c "$login" images pull "$base/single@$(digest_of "$IMAGES/single")"
step "pull a blob by digest" object "$(digest_of "$IMAGES/single")"
refused "pull a tag that is not there" 'not found' c "$login" images pull "$base/single:nothing"
refused "pull with a wrong password" 'unauthorized|401|authorization failed' c AWS:wrong images pull "$base/twenty:v1"
refused "pull without a login" 'unauthorized|401|authorization failed|no basic auth' ctr images pull "${how[@]}" "$base/twenty:v1"
close
