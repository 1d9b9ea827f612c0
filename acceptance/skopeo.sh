#!/usr/bin/env bash
# skopeo: every kind of image in and out again byte by byte, and both doors on the same images.
. "$(dirname "$0")/lib/steps.sh"
needs skopeo aws python3
client skopeo "$(skopeo --version | cut -d' ' -f3)"
export REGISTRY_AUTH_FILE=$work/auth.json

login() { password | skopeo login --tls-verify=$secure -u AWS --password-stdin "$host"; }
push() { skopeo copy --all --preserve-digests --dest-tls-verify=$secure "oci:$IMAGES/$1:v1" "docker://$host/$space/${2:-$1}:v1"; }
pull() { skopeo copy --all --preserve-digests --src-tls-verify=$secure "docker://$host/$space/$1" "oci:$2:v1"; }
raw() { skopeo inspect --raw --tls-verify=$secure "docker://$host/$space/$1"; }
same_manifest() { raw "$2" | cmp - "$(manifest_file "$IMAGES/$1")"; }
same_blobs() { local blob; for blob in "$2"/blobs/sha256/*; do cmp "$blob" "$IMAGES/$1/blobs/sha256/$(basename "$blob")" || return 1; done; }

api_bytes() { # image: BatchGetImage's manifest is the file's, byte by byte
  aws ecr batch-get-image --repository-name "$space/$1" --image-ids imageTag=v1 --output json \
    --accepted-media-types application/vnd.oci.image.manifest.v1+json application/vnd.oci.image.index.v1+json |
    python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["images"][0]["imageManifest"])' |
    cmp - "$(manifest_file "$IMAGES/$1")"
}

step "login" login || close
refused "login with a wrong password" 'unauthorized|denied|invalid|401' \
  skopeo login --tls-verify=$secure --authfile "$work/none.json" -u AWS -p wrong "$host"
for image in single twenty zstd index artifact big; do
  if [ ! -d "$IMAGES/$image" ]; then not_run "push $image" "the image was not made"; continue; fi
  create "$image"
  [ "$image" = artifact ] && step "push the artifact's subject" skopeo copy --preserve-digests --dest-tls-verify=$secure \
    "oci:$IMAGES/single:v1" "docker://$host/$space/artifact:subject"
  step "push $image" push "$image" &&
    step "manifest of $image is the same" same_manifest "$image" "$image:v1" &&
    step "pull $image by tag" pull "$image:v1" "$work/$image" &&
    step "blobs of $image are the same" same_blobs "$image" "$work/$image" &&
    step "pull $image by digest" pull "$image@$(digest_of "$IMAGES/$image")" "$work/$image-by-digest" &&
    step "DescribeImages knows $image" is "$(digest_of "$IMAGES/$image")" api_digest "$image" v1 &&
    step "BatchGetImage has the bytes of $image" api_bytes "$image"
  rm -rf "$work/$image" "$work/$image-by-digest"
done

architecture() { [ "$(skopeo inspect --override-os linux --override-arch "$1" --tls-verify=$secure --format '{{.Architecture}}' \
  "docker://$host/$space/index:v1")" = "$1" ]; }
step "pull amd64 out of the index" architecture amd64
step "pull arm64 out of the index" architecture arm64
step "push the same image again under the same tag" push single
schema2() { skopeo copy --format v2s2 --dest-tls-verify=$secure "oci:$IMAGES/single:v1" "docker://$host/$space/single:schema2" &&
  raw single:schema2 | grep -q vnd.docker.distribution.manifest.v2; }
step "push as Docker schema 2" schema2
copy() { skopeo copy --all --src-tls-verify=$secure --dest-tls-verify=$secure "docker://$host/$space/index:v1" "docker://$host/$space/copy:v1"; }
create copy
step "copy an index to another repository" copy
tags() { skopeo list-tags --tls-verify=$secure "docker://$host/$space/single" | grep -q schema2; }
step "list the tags" tags
step "delete by tag" skopeo delete --tls-verify=$secure "docker://$host/$space/single:schema2"
refused "pull a tag that is not there" 'manifest unknown|not found' pull single:nothing "$work/nothing"
LIMIT=20
refused "push to a repository that is not there, quickly" 'name unknown|does not exist' skopeo copy \
  --dest-tls-verify=$secure "oci:$IMAGES/single:v1" "docker://$host/$space/missing:v1"
refused "pull without a login" 'unauthorized|authentication required|denied' skopeo inspect --no-creds \
  --tls-verify=$secure "docker://$host/$space/twenty:v1"
close
