#!/usr/bin/env bash
# oras: files as artifacts, what is attached to them by the referrers API and by the tag scheme, copies, deletion.
. "$(dirname "$0")/lib/steps.sh"
needs oras aws python3
client oras "$(oras version | sed -n 's/^Version: *//p')"
export DOCKER_CONFIG=$work
art=$host/$space/art copy=$host/$space/copy image=$host/$space/image
plain=--plain-http=$insecure from=--from-plain-http=$insecure to=--to-plain-http=$insecure # oras takes localhost for plain HTTP
LIMIT=120
login() { password | oras login "$plain" -u AWS --password-stdin "$host"; }
json() { python3 -c 'import json, sys; print(eval(sys.argv[1], {"it": json.load(sys.stdin)}))' "$1"; }
attached() { oras discover "$plain" --format json "$@" | json 'len(it.get("referrers") or [])'; }
note() { oras discover "$plain" --format json --artifact-type application/vnd.example.note "$art:v1" | json 'it["referrers"][0]["digest"]'; }
type_of() { oras manifest fetch "$plain" "$art:v1" | json 'it["artifactType"]'; }
resolve() { oras resolve "$plain" "$1"; }
one_digest() { is "$(resolve "$art:v1")" resolve "$art:v1.0"; }
known() { is "$(resolve "$art:v1")" api_digest art v1; }
push_files() { oras push "$plain" --artifact-type application/vnd.example.text -a made=here "$art:v1,latest,v1.0" \
  text:text/plain data tree; }
pull_files() { oras pull "$plain" -o "$work/out" "$art:v1" && diff -r . "$work/out"; }
attach_both() {
  oras attach "$plain" --artifact-type application/vnd.example.note "$art:v1" text:text/plain &&
    oras attach "$plain" --artifact-type application/vnd.example.seal -a made=here "$art:v1"
}
attach_deep() { oras attach "$plain" --artifact-type application/vnd.example.seal -a made=here "$art@$(note)"; }
depth() { oras discover "$plain" --format json --depth 2 "$art:v1" |
  json 'sum(len(one.get("referrers") or []) for one in it["referrers"])'; }
by_tag() {
  local scheme=(--distribution-spec v1.1-referrers-tag)
  oras attach "$plain" "${scheme[@]}" --artifact-type application/vnd.example.note -a made=here "$image:v1" &&
    is 1 attached "${scheme[@]}" "$image:v1"
}
blob() { oras blob fetch "$plain" -o - "$art@sha256:$(sha256sum <data | cut -d' ' -f1)" | cmp - data; }
lists() { oras repo "$1" "$plain" "$2" | grep -qx "$3"; }
back_up() { oras backup "$plain" --include-referrers -o "$work/backup" "$art:v1" &&
  oras restore "$plain" --input "$work/backup" "$host/$space/restored:v1"; }
architecture() { oras manifest fetch-config "$plain" --platform linux/arm64 "$image:v1" | json 'it["architecture"]'; }
delete() { oras manifest delete "$plain" -f "$copy@$(resolve "$copy:v1")"; }

mkdir -p "$work/files/tree" && cd "$work/files" || exit 1
echo text >text; echo leaf >tree/leaf; head -c 2000000 /dev/urandom >data
create art copy image restored
refused "login with a wrong password" 'unauthorized|401|denied' oras login "$plain" -u AWS -p wrong "$host"
step "login" login || close
step "push files under three tags at once" push_files
step "the tags have one digest" one_digest
step "DescribeImages knows it" known
step "its artifact type" is application/vnd.example.text type_of
step "push without a type" oras push "$plain" "$art:untyped" text
step "push with a configuration" oras push "$plain" --config text:application/vnd.example.config "$art:configured" data
step "pull the files" pull_files
step "attach two artifacts" attach_both
step "discover both" is 2 attached "$art:v1"
step "discover one by its type" is 1 attached --artifact-type application/vnd.example.note "$art:v1"
step "discover by the referrers API" oras discover "$plain" --distribution-spec v1.1-referrers-api "$art:v1"
step "attach to what is attached" attach_deep
step "discover the tree" is 1 depth
step "pull what is attached" oras pull "$plain" -o "$work/attached" "$art@$(note)"
step "copy with what is attached" oras cp -r "$from" "$to" "$art:v1" "$copy:v1"
step "discover both at the copy" is 2 attached "$copy:v1"
step "push a layout with an index" oras cp --from-oci-layout "$to" "$IMAGES/index:v1" "$image:v1"
step "the index keeps its digest" is "$(digest_of "$IMAGES/index")" resolve "$image:v1"
step "pull one platform into a layout" oras cp --to-oci-layout --platform linux/arm64 "$from" "$image:v1" "$work/layout:v1"
step "pull one platform's configuration" is arm64 architecture
step "attach and discover by the tag scheme" by_tag
step "pull a blob" blob
step "push a blob" oras blob push "$plain" "$image" text
step "tag" oras tag "$plain" "$art:v1" more
step "list the tags" lists tags "$art" more
step "list the repositories" lists ls "$host" "$space/art"
step "copy by backup and restore" back_up
step "delete by digest" delete
refused "pull what was deleted" 'not found' resolve "$copy:v1"
refused "pull from a repository that is not there" 'not found|NAME_UNKNOWN' oras manifest fetch "$plain" "$host/$space/missing:v1"
step "logout" oras logout "$host"
refused "pull without a login" 'unauthorized|401|basic credential' resolve "$art:v1"
close
