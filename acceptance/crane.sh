#!/usr/bin/env bash
# crane: layouts in and out, both doors on them, a copy by mount, what it appends and changes, and deletion.
. "$(dirname "$0")/lib/steps.sh"
needs crane aws python3 tar
client crane "$(crane version)"
export DOCKER_CONFIG=$work/login
mkdir "$work/login" "$work/files"
app=$host/$space/app index=$host/$space/index copy=$host/$space/copy
digest=$(digest_of "$IMAGES/single")
c() { # command arguments...: with the flag for plain HTTP
  local options=(); [ $secure = true ] || options=(--insecure)
  timeout 120 crane "$1" ${options[@]+"${options[@]}"} "${@:2}"
}
login() { password | crane auth login "$host" -u AWS --password-stdin; }
same_manifest() { c manifest "$1:v1" | cmp - "$(manifest_file "$2")"; }
tags() { c ls "$app" | sort | xargs; }
catalog() { c catalog "$host" | grep -qx "$space/app"; }
blob() { local layer; layer=$(c manifest "$app:v1" | python3 -c 'import json, sys; print(json.load(sys.stdin)["layers"][0]["digest"])') &&
  c blob "$app@$layer" | cmp - "$(blob_file "$IMAGES/single" "$layer")"; }
files() { c export "$app:v1" - | tar -t | grep -qx file-0; }
append() { echo more >"$work/files/more" && tar -C "$work/files" -czf "$work/more.tgz" more &&
  c append -b "$app:v1" -f "$work/more.tgz" -t "$app:more"; }
delete() { c delete "$app@$(c digest "$app:more")"; }

create app index copy
step "login" login || close
step "push a layout" c push "$IMAGES/single" "$app:v1"
step "its digest" is "$digest" c digest "$app:v1"
step "DescribeImages knows it" is "$digest" api_digest app v1
step "its manifest is the same" same_manifest "$app" "$IMAGES/single"
step "push an index" c push --index "$IMAGES/index" "$index:layout"
step "copy an index to another repository" c copy "$index:layout" "$copy:v1"
step "tag" c tag "$app:v1" v2
step "list the tags" is "v1 v2" tags
step "list the repositories" catalog
step "pull as a tarball" c pull "$app:v1" "$work/app.tar"
step "pull all platforms as a layout" c pull --format oci "$copy:v1" "$work/layout"
step "pull and check each layer" c validate --remote "$app:v1"
step "pull a blob" blob
step "pull the files" files
step "build by appending a layer" append
step "build by changing the configuration" c mutate "$app:more" --label made=here -t "$app:more"
step "delete by digest" delete
refused "pull what was deleted" 'MANIFEST_UNKNOWN|not found' c manifest "$app:more"
refused "pull from a repository that is not there" 'NAME_UNKNOWN|not found' c manifest "$host/$space/missing:v1"
step "logout" crane auth logout "$host"
refused "pull without a login" 'UNAUTHORIZED|401|no basic auth' c manifest "$app:v1"
close
