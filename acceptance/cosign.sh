#!/usr/bin/env bash
# cosign 2: signatures and attestations with a local key, under tags and as referrers.
. "$(dirname "$0")/lib/steps.sh"
program=cosign
. "$(dirname "$0")/lib/cosign.sh"
tagged=$host/$space/tagged copy=$host/$space/copy referred=$host/$space/referred
private=(--key own.key --tlog-upload=false) public=(--key own.pub --insecure-ignore-tlog)
sign() { co sign "${private[@]}" "$@"; }
verify() { co verify "${public[@]}" "$@"; }
attest() { co attest "${private[@]}" --predicate predicate --type custom "$@"; }
verify_attestation() { co verify-attestation "${public[@]}" --type custom "$@"; }
attach() { "$program" attach sbom ${plain[@]+"${plain[@]}"} --sbom predicate --type spdx "$tagged@$digest"; }
tree() { is 3 grep -cE '\.(sig|att|sbom)$' <(co tree "$tagged:v1"); }
referrer() { co tree --experimental-oci11 "$referred:v1" | grep -q cosign.artifact.sig; }

create tagged copy referred
step "login" login || close
step "push an image" put tagged
step "push an image for referrers" put referred
step "make a key" keys own
refused "verify what is not signed" 'no signatures found' verify "$tagged:v1"
step "sign" sign "$tagged@$digest"
step "verify" verify "$tagged:v1"
step "DescribeImages knows the signature" api_digest tagged "sha256-${digest#*:}.sig"
step "sign again under the same tag" sign -a round=2 "$tagged@$digest"
step "verify the second signature" verify -a round=2 "$tagged@$digest"
step "attest" attest "$tagged@$digest"
step "verify the attestation" verify_attestation "$tagged:v1"
step "attach a bill of materials" attach
step "list all three" tree
step "copy with all three" co copy "$tagged:v1" "$copy:v1"
step "verify the copy" verify "$copy:v1"
step "pull into a layout with the signatures" co save --dir saved "$tagged:v1"
step "delete the copy's signature" co clean --type signature --force=true "$copy:v1"
refused "verify the copy without its signature" 'no signatures found' verify "$copy:v1"
step "sign as a referrer" sign --registry-referrers-mode oci-1-1 "$referred@$digest"
step "verify the referrer" verify --experimental-oci11 "$referred:v1"
step "discover the referrer" referrer
step "make another key" keys other
refused "verify with the other key" 'no matching signatures|invalid signature' co verify --key other.pub --insecure-ignore-tlog "$tagged:v1"
rm "$DOCKER_CONFIG/config.json"
refused "verify without a login" 'unauthorized|401|denied|authentication' verify "$tagged:v1"
close
