# Sourced by the client scripts. They see a registry by ENTREPOT_URL (https: with ENTREPOT_CA, the PEM file of its CA)
# and AWS_SHARED_CREDENTIALS_FILE, and IMAGES, the folder that make-images filled. Repositories of a script lie under
# $space, its scratch files under $work. The first word of a step's name is its kind: push, pull, list, ...
set -u
: "${ENTREPOT_URL:?the URL of the registry}" "${AWS_SHARED_CREDENTIALS_FILE:?its DATA/credentials}" "${IMAGES:?}"
host=${ENTREPOT_URL#*://}
PATH=$PATH:${GO_CLIENTS:-$(realpath "$(dirname "$0")")/target/go-bin}
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE
export AWS_ENDPOINT_URL=$ENTREPOT_URL AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_MAX_ATTEMPTS=1
export AWS_PAGER="" AWS_EC2_METADATA_DISABLED=true no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost
secure=false insecure=true # what the flags of many clients want to hear
if [ "${ENTREPOT_URL%%:*}" = https ]; then
  secure=true insecure=false
  ENTREPOT_CA=$(realpath "${ENTREPOT_CA:?the CA of the registry}")
  export SSL_CERT_FILE=$ENTREPOT_CA AWS_CA_BUNDLE=$ENTREPOT_CA CURL_CA_BUNDLE=$ENTREPOT_CA
fi
script=$(basename "$0" .sh)
space=$script-$$
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

client() { echo "CLIENT $1: $(tr '\n' ' ' <<<"$2" | sed 's/ *$//')"; } # name version: whose the following steps are
pass() { passed=$((passed + 1)); echo "PASS $script: $1"; }
fail() { failed=$((failed + 1)); echo "FAIL $script: $1: $(tail -n 3 "$work/output" | tr '\n' ' ' | cut -c1-400)"; }
not_run() { echo "NOT RUN $script: $1: $2"; }

limited() { # runs a function as it is, a program for at most LIMIT seconds
  if declare -F "$1" >/dev/null; then "$@"; else timeout "${LIMIT:-300}" "$@"; fi
}

step() { # "name" command...: passes when the command succeeds
  local name=$1; shift
  if limited "$@" >"$work/output" 2>&1 </dev/null; then pass "$name"; else fail "$name"; return 1; fi
}

refused() { # "name" regex command...: passes when the command fails and says so
  local name="refused: $1" words=$2; shift 2
  if limited "$@" >"$work/output" 2>&1 </dev/null; then fail "$name (it succeeded)"; return 1; fi
  if grep -qiE "$words" "$work/output"; then pass "$name"; else fail "$name (no /$words/)"; return 1; fi
}

is() { # text command...: the command prints the text
  local wanted=$1 found; shift
  found=$("$@") && [ "$found" = "$wanted" ] || { echo "$found instead of $wanted"; return 1; }
}

close() { echo "$passed passed, $failed failed"; [ "$failed" -eq 0 ]; exit; }

needs() { # program...: ends the script as not run where one is missing
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || { not_run "all of it" "$program is not installed"; close; }
  done
}

create() { # repository...
  local name
  for name in "$@"; do
    aws ecr create-repository --repository-name "$space/$name" >"$work/output" 2>&1 || fail "create $space/$name"
  done
}

open_to_all() { # repository: whoever does not log in may pull from it, where `anonymous-pull` is on
  aws ecr set-repository-policy --repository-name "$space/$1" --policy-text '{"Version": "2012-10-17", "Statement":
    [{"Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}]}'
}

password() { aws ecr get-login-password; }

api_digest() { # repository tag: the digest that DescribeImages finds
  aws ecr describe-images --repository-name "$space/$1" --image-ids imageTag="$2" \
    --query 'imageDetails[0].imageDigest' --output text
}

digest_of() { # layout: the digest that v1 names there
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1] + "/index.json"))["manifests"][0]["digest"])' "$1"
}

blob_file() { echo "$1/blobs/sha256/${2#*:}"; } # layout digest: the file of that blob

manifest_file() { blob_file "$1" "$(digest_of "$1")"; } # layout: the file of the manifest that v1 names there
