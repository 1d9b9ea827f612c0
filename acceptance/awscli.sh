#!/usr/bin/env bash
# aws CLI: an image by layer upload and put-image, with the lines a user would type.
. "$(dirname "$0")/lib/steps.sh"
needs aws python3 curl
client "aws CLI" "$(aws --version | sed 's|^aws-cli/||; s| .*||')"
repository=$space/app
ecr() { aws ecr "$@" --repository-name "$repository" --output text; }
layout=$IMAGES/single
manifest=$(manifest_file "$layout")
parts_of() { python3 -c 'import json, sys
m = json.load(open(sys.argv[1]))
print(*(p["digest"] for p in [m["config"], *m["layers"]]))' "$manifest"; }

upload() { # digest: initiate, one part, complete
  local file=$layout/blobs/sha256/${1#*:} id size
  size=$(stat -c %s "$file")
  id=$(ecr initiate-layer-upload --query uploadId) &&
    ecr upload-layer-part --upload-id "$id" --part-first-byte 0 --part-last-byte $((size - 1)) \
      --layer-part-blob "fileb://$file" --query lastByteReceived | grep -qx $((size - 1)) &&
    ecr complete-layer-upload --upload-id "$id" --layer-digests "$1" --query layerDigest | grep -qx "$1"
}
upload_all() { local digest; for digest in $(parts_of); do upload "$digest" || return 1; done; }
available() { ecr batch-check-layer-availability --layer-digests $(parts_of) --query 'layers[].layerAvailability' | grep -q 'AVAILABLE.AVAILABLE'; }
put() { ecr put-image --image-tag "$1" --image-manifest "$(cat "$manifest")" --query image.imageId.imageDigest | grep -qx "$(digest_of "$layout")"; }
download() {
  local digest url; digest=$(parts_of | cut -d' ' -f2)
  url=$(ecr get-download-url-for-layer --layer-digest "$digest" --query downloadUrl) && curl -sSf "$url" -o "$work/layer" &&
    cmp "$work/layer" "$layout/blobs/sha256/${digest#*:}"
}
described() { ecr describe-images --query 'imageDetails[].imageTags[]' | grep -q 'v1.*v2\|v2.*v1'; }

step "create-repository" aws ecr create-repository --repository-name "$repository" --tags Key=team,Value=blue || close
step "get-login-password" password
step "layers by parts" upload_all
step "batch-check-layer-availability" available
step "put-image" put v1
refused "put-image again" ImageAlreadyExistsException put v1
step "put-image under another tag" put v2
step "describe-images" described
step "get-download-url-for-layer" download
step "list-images" ecr list-images
step "batch-delete-image" ecr batch-delete-image --image-ids imageTag=v2
refused "delete-repository with images in it" RepositoryNotEmptyException ecr delete-repository
step "delete-repository --force" ecr delete-repository --force
refused "describe-images of a repository that is gone" RepositoryNotFoundException ecr describe-images
close
