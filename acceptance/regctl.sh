#!/usr/bin/env bash
# regctl: images by layouts and archives, blobs in pieces, artifacts with a subject, deletion by tag and by digest.
. "$(dirname "$0")/lib/steps.sh"
needs regctl aws python3
client regctl "$(regctl version --format '{{.VCSTag}}')"
export REGCTL_CONFIG=$work/regctl.json DOCKER_CONFIG=$work
app=$host/$space/app index=$host/$space/index copy=$host/$space/copy art=$host/$space/art
digest=$(digest_of "$IMAGES/single")
LIMIT=120
set_up() {
  if [ $secure = true ]; then regctl registry set "$host" --skip-check --cacert "$(cat "$ENTREPOT_CA")"
  else regctl registry set "$host" --skip-check --tls disabled; fi
}
login() { password | regctl registry login "$host" -u AWS --pass-stdin; }
wrong() { local said; said=$(echo wrong | regctl registry login "$host" -u AWS --pass-stdin 2>&1); echo "$said"; ! grep -qi unauthorized <<<"$said"; }
same_manifest() { regctl manifest get --format raw-body "$1:v1" | cmp - "$(manifest_file "$2")"; }
export_import() { regctl image export "$app:v1" "$work/app.tar" && regctl image import "$copy:imported" "$work/app.tar"; }
build_index() { regctl index create "$copy:built" --ref "$index:v1" --platform linux/amd64 &&
  regctl index add "$copy:built" --ref "$index:v1" --platform linux/arm64; }
head -c 3000000 /dev/urandom >"$work/blob"
blob=sha256:$(sha256sum <"$work/blob" | cut -d' ' -f1)
put_blob() { regctl blob put "$art" --digest "$blob" <"$work/blob"; }
put_pieces() {
  regctl registry set "$host" --skip-check --blob-max 100000 --blob-chunk 1000000 && regctl blob put "$copy" <"$work/blob" &&
    regctl registry set "$host" --skip-check --blob-max 0 --blob-chunk 0
}
same_blob() { regctl blob get "$1" "$blob" | cmp - "$work/blob"; }
artifact() { echo "a $1" | regctl artifact put --artifact-type "application/vnd.example.$1" "${@:2}"; }
lists() { regctl "$1" ls "${@:3}" | grep -qx "$2"; }
referrers() { regctl artifact list "$@" --format '{{len .Descriptors}}'; }
both() { artifact note --subject "$app:v1" && artifact seal --annotation made=here --subject "$app:v1"; }

create app index copy art
step "where the registry is" set_up || close
refused "login with a wrong password" 'unauthorized|401|denied' wrong
step "login" login || close
step "push a layout" regctl image copy "ocidir://$IMAGES/single:v1" "$app:v1"
step "its digest" is "$digest" regctl image digest "$app:v1"
step "DescribeImages knows it" is "$digest" api_digest app v1
step "its manifest is the same" same_manifest "$app" "$IMAGES/single"
step "push an index" regctl image copy "ocidir://$IMAGES/index:v1" "$index:v1"
step "the index is the same" same_manifest "$index" "$IMAGES/index"
step "pull one platform's configuration" is arm64 regctl image inspect -p linux/arm64 "$index:v1" --format '{{.Architecture}}'
step "copy an index to another repository" regctl image copy "$index:v1" "$copy:v1"
step "pull into a layout" regctl image copy "$copy:v1" "ocidir://$work/layout:v1"
step "copy by an archive" export_import
step "build by an annotation" regctl image mod "$app:v1" --create changed --annotation made=here
step "build an index" build_index
step "push a blob" put_blob
step "pull the blob" same_blob "$art"
step "push a blob in four pieces" put_pieces
step "pull the blob of pieces" same_blob "$copy"
step "push an artifact" artifact text "$art:v1"
step "pull the artifact" is "a text" regctl artifact get "$art:v1"
step "attach two artifacts" both
step "discover both" is 2 referrers "$app:v1"
step "discover one by its type" is 1 referrers "$app:v1" --filter-artifact-type application/vnd.example.seal
step "pull an artifact by its subject" is "a note" regctl artifact get --subject "$app:v1" --filter-artifact-type application/vnd.example.note
step "copy an image with what is attached" regctl image copy --referrers --digest-tags "$app:v1" "$copy:attached"
step "discover both at the copy" is 2 referrers "$copy:attached"
step "list the tags" lists tag changed "$app"
step "list the repositories" lists repo "$space/app" --limit 1000 "$host"
step "delete a tag" regctl tag delete "$app:changed"
refused "pull the tag that was deleted" 'not found' regctl manifest head "$app:changed"
step "delete by digest" regctl manifest delete "$copy@$(digest_of "$IMAGES/index")"
refused "pull the manifest that was deleted" 'not found' regctl manifest head "$copy:v1"
refused "list a repository that is not there" 'not found|NAME_UNKNOWN' regctl tag ls "$host/$space/missing"
step "logout" regctl registry logout "$host"
refused "pull without a login" 'unauthorized|401' regctl manifest head "$app:v1"
close
