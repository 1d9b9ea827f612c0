#!/usr/bin/env bash
# terraform with AWS's provider makes, changes, imports and destroys what terraform/main.tf says; the user that it makes
# pushes. `terraform init` finds the provider, in the folder TERRAFORM_PLUGINS (laid out as a mirror) where that is set.
. "$(dirname "$0")/lib/steps.sh"
needs terraform aws skopeo python3
here=$work/terraform
mkdir "$here" && cp "$(dirname "$0")"/terraform/*.tf "$here"
export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1 REGISTRY_AUTH_FILE=$work/auth.json LIMIT=600
export TF_VAR_endpoint=$ENTREPOT_URL TF_VAR_space=$space
tf() { local command=$1; shift; env -u AWS_ENDPOINT_URL terraform -chdir="$here" "$command" -no-color "$@"; }
init() { tf init ${TERRAFORM_PLUGINS:+"-plugin-dir=$TERRAFORM_PLUGINS"}; }
if ! init >"$work/output" 2>&1 </dev/null; then
  not_run "all of it" "AWS's provider is not here: $(grep -m 1 Error "$work/output")"; close
fi
versions() { terraform -chdir="$here" version -json 2>/dev/null | python3 -c 'import json, sys
found = json.load(sys.stdin)
print(found["terraform_version"] + ", AWS provider", *found["provider_selections"].values())'; }
client terraform "$(versions)"

apply() { tf apply -auto-approve "$@"; }
empty() { tf plan -detailed-exitcode "$@"; } # 2 where there is anything to do
planned() { # actions flags...: what a plan changes, sorted; it does nothing but these actions. What it imports may
  # differ in no more than what the provider keeps for itself
  local actions=$1; shift
  tf plan -out="$work/plan" "$@" >"$work/plan.txt" && tf show -json "$work/plan" | python3 -c 'import json, sys
changes = [c for c in json.load(sys.stdin)["resource_changes"] if c["mode"] == "managed"]
def own(change): # no call tells of the others; the provider has them of its own state
    kept = ("force_", "deletion_window_in_days", "bypass_policy_lockout_safety_check")
    return {k: v for k, v in change.items() if not k.startswith(kept)}
def action(change):
    same = "importing" in change and own(change["before"]) == own(change["after"])
    return "import" if same else "+".join(change["actions"])
done = {c["address"]: action(c["change"]) for c in changes}
def is_meant(address, action): # the provider knows no other change of a lifecycle policy
    wanted = sys.argv[1].split()
    return action in wanted or ("update" in wanted and action == "delete+create" and "_lifecycle_policy." in address)
wrong = {address: action for address, action in done.items() if not is_meant(address, action)}
assert not wrong, wrong
print(*sorted(address.split("[")[0] for address, action in done.items() if action != "no-op"))' "$actions"
}
output() { terraform -chdir="$here" output -raw "$1" 2>/dev/null; }
as_user() { env -u AWS_SHARED_CREDENTIALS_FILE AWS_ACCESS_KEY_ID="$key" AWS_SECRET_ACCESS_KEY="$secret" "$@"; }

updated="aws_ecr_account_setting.scope aws_ecr_lifecycle_policy.app aws_ecr_lifecycle_policy.other aws_ecr_registry_policy.all aws_ecr_registry_scanning_configuration.all aws_ecr_repository.app aws_ecr_repository_policy.app \
aws_iam_access_key.spare aws_iam_policy.layers aws_iam_user.ci aws_iam_user.moved aws_iam_user_policy.login \
aws_kms_alias.images aws_kms_key.images aws_kms_key.spare"
everything="$updated aws_ecr_repository.default_key aws_ecr_repository.other aws_ecr_repository.sealed aws_iam_access_key.ci aws_iam_user_policy_attachment.layers \
aws_iam_user_policy_attachment.pull"
imports() { # one block for each resource
  import() { printf 'import {\n  to = %s\n  id = "%s"\n}\n' "$1" "$2"; }
  local user=$space-ci
  import aws_ecr_repository.app "$space/app"
  import aws_ecr_repository.other "$space/other"
  import aws_ecr_repository.sealed "$space/sealed"
  import aws_ecr_repository.default_key "$space/default-key"
  import aws_kms_key.images "$(output images_key)"
  import aws_kms_key.spare "$(output spare_key)"
  import aws_kms_alias.images "alias/$space"
  import aws_ecr_repository_policy.app "$space/app"
  import aws_ecr_lifecycle_policy.app "$space/app"
  import aws_ecr_lifecycle_policy.other "$space/other"
  import aws_ecr_registry_policy.all "$(output account)"
  import aws_ecr_registry_scanning_configuration.all "$(output account)"
  import aws_ecr_account_setting.scope REGISTRY_POLICY_SCOPE
  import aws_iam_user.ci "$user"
  import aws_iam_user.moved "$space-renamed"
  import 'aws_iam_access_key.ci[0]' "$key"
  import aws_iam_access_key.spare "$(output spare)"
  import aws_iam_user_policy.login "$user:login"
  import aws_iam_policy.layers "$(output layers)"
  import aws_iam_user_policy_attachment.layers "$user/$(output layers)"
  import aws_iam_user_policy_attachment.pull "$user/arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}
sorted() { tr ' ' '\n' <<<"$1" | sort | tr '\n' ' ' | sed 's/ $//'; }
alone() { # the endpoint stands in the environment and in no file
  printf 'provider "aws" {}\nvariable "endpoint" {}\n' >"$here/provider.tf"
  terraform -chdir="$here" plan -no-color -detailed-exitcode "$@"
}

login() { as_user aws ecr get-login-password | skopeo login --tls-verify=$secure -u AWS --password-stdin "$host"; }
push() { # image repository
  skopeo copy --dest-tls-verify=$secure "oci:$IMAGES/$1:v1" "docker://$host/$space/$2:v1"
}
pull() { skopeo copy --src-tls-verify=$secure "docker://$host/$space/app:v1" "oci:$work/app:v1"; }
gone() { # regex command...: the command fails, in these words
  local words=$1; shift
  if "$@" >"$work/gone" 2>&1; then return 1; fi
  grep -qE "$words" "$work/gone" || { cat "$work/gone"; return 1; }
}
pending() { # key id: KMS deletes none at once
  is PendingDeletion aws kms describe-key --key-id "$1" --query KeyMetadata.KeyState --output text
}
nothing_left() {
  local user
  for user in ci named renamed; do gone NoSuchEntity aws iam get-user --user-name "$space-$user" || return; done
  gone NoSuchEntity aws iam get-policy --policy-arn "$layers" &&
    gone RepositoryNotFoundException aws ecr describe-repositories --repository-names "$space/app" &&
    gone RepositoryNotFoundException aws ecr describe-repositories --repository-names "$space/other" &&
    gone RepositoryNotFoundException aws ecr describe-repositories --repository-names "$space/sealed" &&
    gone NotFoundException aws kms describe-key --key-id "alias/$space" && pending "$images_key" &&
    gone RegistryPolicyNotFoundException aws ecr get-registry-policy
}

step "apply" apply || { tf destroy -auto-approve >/dev/null 2>&1; close; }
step "plan again: nothing to do" empty
key=$(output key) secret=$(output secret) layers=$(output layers) images_key=$(output images_key)
step "login as the user that it made" login
step "push as that user" push single app
step "pull as that user" pull
refused "push to another repository" 'denied|forbidden' push single other
refused "what no policy of the user grants" AccessDenied as_user aws iam list-users
changed=(-var changed=true)
step "change all in place, replace lifecycle policies alone" is "$(sorted "$updated")" planned "update no-op" "${changed[@]}"
step "apply the changes" apply "${changed[@]}"
step "plan after the changes: nothing to do" empty "${changed[@]}"
refused "push over a tag that is immutable now" 'immutable|already exists' push twenty app
imports >"$here/imports.tf"
mv "$here/terraform.tfstate" "$work/state"
step "import everything" is "$(sorted "$everything")" planned import "${changed[@]}"
step "import: apply it" apply "${changed[@]}" || mv "$work/state" "$here/terraform.tfstate" # so that destroy finds it
rm "$here/imports.tf"
step "plan after the import: nothing to do" empty "${changed[@]}"
step "destroy the key alone" apply "${changed[@]}" -var with_key=false
refused "its calls" 'InvalidClientTokenId|UnrecognizedClientException' as_user aws sts get-caller-identity
refused "its registry tokens" 'unauthorized|authentication required|denied' pull
step "plan with AWS_ENDPOINT_URL alone: nothing to do" alone "${changed[@]}" -var with_key=false
step "destroy" terraform -chdir="$here" destroy -no-color -auto-approve
step "nothing is left" nothing_left
close
