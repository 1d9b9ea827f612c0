#!/usr/bin/env bash
# cosign 3: its bundles are referrers of the image.
. "$(dirname "$0")/lib/steps.sh"
program=cosign3
. "$(dirname "$0")/lib/cosign.sh"
bundled=$host/$space/bundled copy=$host/$space/copy tagged=$host/$space/tagged
private=(--key own.key --tlog-upload=false --use-signing-config=false) public=(--key own.pub --insecure-ignore-tlog)
old=--new-bundle-format=false # a signature under a tag, as cosign 2 makes it
sign() { co sign "${private[@]}" "$@"; }
verify() { co verify "${public[@]}" "$@"; }
attest() { co attest "${private[@]}" --predicate predicate --type custom "$@"; }
verify_attestation() { co verify-attestation "${public[@]}" --type custom "$@"; }
tree() { co tree "$bundled:v1" | grep -q sigstore.dev/cosign/sign/v1; }

create bundled copy tagged
step "login" login || close
step "push an image" put bundled
step "push an image for tags" put tagged
step "make a key" keys own
refused "verify what is not signed" 'no signatures found|no matching' verify "$bundled:v1"
step "sign" sign "$bundled@$digest"
step "verify" verify "$bundled:v1"
step "attest" attest "$bundled@$digest"
step "verify the attestation" verify_attestation "$bundled:v1"
step "discover the bundle" tree
step "sign under a tag" sign $old "$tagged@$digest"
step "verify by the tag" verify $old "$tagged:v1"
if command -v oras >/dev/null; then # what cosign 3 recommends for a copy with its bundles
  step "copy with its bundles" oras cp -r --from-plain-http=$insecure --to-plain-http=$insecure "$bundled:v1" "$copy:v1"
  step "verify the copy" verify "$copy:v1"
else not_run "copy with its bundles" "oras is not installed"; fi
step "make another key" keys other
refused "verify with the other key" 'no matching signatures|invalid signature|failed to verify' \
  co verify --key other.pub --insecure-ignore-tlog "$bundled:v1"
rm "$DOCKER_CONFIG/config.json"
refused "verify without a login" 'unauthorized|401|denied|authentication' verify "$bundled:v1"
close
