#!/usr/bin/env bash
# acceptance/proxies.sh: the AWS CLI and curl through nginx and HAProxy, which are set up over TLS with the lines that
# the README gives. Starts a server and the proxies itself; one that is not installed is NOT RUN. Traefik is not run:
# what it sends is in QueryProtocolTest.
set -u
cd "$(dirname "$0")/.." || exit
top=$(mktemp -d)
umask 077
pids=()
tidy() { for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; done; rm -rf "$top"; }
readme() { # first line: the README's block that begins so, with the ports of this run
  sed -n "/^    $1/,/^\$/p" README.md | sed "s|127.0.0.1:5000|${server#*://}|; s|bind :443 ssl crt .*|bind 127.0.0.1:$port ssl crt $top/tls/both.pem|"
}
free_port() { python3 acceptance/lib/ports.py; }

./entrepot --version >/dev/null || exit # builds it where it must, however long that takes
start_server() {
  env -u ENTREPOT_URL ENTREPOT_TRUSTED_PROXIES=127.0.0.1 ENTREPOT_DRAIN=0 ./entrepot serve --data "$top/data" --port 0 >"$top/serve.out" 2>"$top/serve.log" &
  pids+=($!)
  for turn in $(seq 240); do
    server=$(sed -n 's/^listening on //p' "$top/serve.out")
    [ -n "$server" ] && server=http://127.0.0.1:${server##*:} && return
    sleep 0.5
  done
  tail -n 20 "$top/serve.log"; return 1
}
start_nginx() {
  { echo "daemon off; pid $top/nginx.pid; error_log $top/nginx.log; events {}"
    echo "http { access_log off; client_body_temp_path $top/n1; proxy_temp_path $top/n2; fastcgi_temp_path $top/n3;"
    echo "uwsgi_temp_path $top/n4; scgi_temp_path $top/n5; server { listen 127.0.0.1:$port ssl;"
    echo "ssl_certificate $top/tls/server.pem; ssl_certificate_key $top/tls/server.key;"
    readme 'location \/ {'
    echo "} }"; } >"$top/nginx.conf"
  nginx -c "$top/nginx.conf" -e "$top/nginx.log" >"$top/nginx.out" 2>&1 &
  pids+=($!)
}
start_haproxy() {
  { echo "defaults"; echo "  mode http"; readme 'frontend registry'; } >"$top/haproxy.cfg"
  haproxy -db -f "$top/haproxy.cfg" >"$top/haproxy.log" 2>&1 &
  pids+=($!)
}

trap tidy EXIT
trap 'exit 130' INT TERM
mkdir "$top/tls" && acceptance/lib/certificates "$top/tls" && cat "$top/tls/server.pem" "$top/tls/server.key" >"$top/tls/both.pem"
start_server || { echo "FAIL proxies: the server starts"; echo "0 passed, 1 failed"; exit 1; }
export AWS_SHARED_CREDENTIALS_FILE=$top/data/credentials IMAGES=$top ENTREPOT_CA=$top/tls/ca.pem

through() ( # program: its steps, counted by themselves
  command -v "$1" >/dev/null || { echo "NOT RUN proxies: $1: it is not installed"; echo "0 passed, 0 failed"; exit; }
  export ENTREPOT_URL=https://localhost:$port
  . acceptance/lib/steps.sh
  space=$space-$1
  for turn in $(seq 240); do curl -s -o "$work/answer" "$ENTREPOT_URL/healthz" && break; sleep 0.25; done
  head -c 20000000 /dev/urandom >"$work/blob"
  digest=sha256:$(sha256sum <"$work/blob" | cut -d' ' -f1)
  blobs=$ENTREPOT_URL/v2/$space/app/blobs
  log_in() { printf 'user = "AWS:%s"\n' "$(password)" >"$work/login" && c "$ENTREPOT_URL/v2/"; }
  c() { curl -sSf --max-time 120 -K "$work/login" -o "$work/answer" "$@"; }
  push() { c -X POST -H 'Content-Type: application/octet-stream' --data-binary "@$work/blob" "$blobs/uploads/?digest=$digest"; }
  pull() { c "$blobs/$digest" && cmp "$work/answer" "$work/blob"; }
  host_kept() { aws ecr get-authorization-token --query 'authorizationData[0].authorizationToken' --output text | grep -q .; }
  presigned() {
    curl -sSf -X "$2" "$(python3 -c 'import boto3, sys
print(boto3.client("sts").generate_presigned_url("get_caller_identity", HttpMethod=sys.argv[1]))' "$2")" | grep -q '<Arn>arn:aws:iam::'
  }
  step "$1: get-caller-identity" aws sts get-caller-identity
  step "$1: presigned GET of get-caller-identity" presigned "$1" GET
  step "$1: presigned POST of get-caller-identity" presigned "$1" POST
  step "$1: list-users by IAM" aws iam list-users
  step "$1: create-repository" aws ecr create-repository --repository-name "$space/app"
  step "$1: get-authorization-token" host_kept
  step "$1: log in on /v2" log_in
  step "$1: push 20 MB" push
  step "$1: pull 20 MB" pull
  close
)

passed=0 failed=0
for program in nginx haproxy; do
  port=$(free_port)
  command -v $program >/dev/null && start_$program
  through $program >"$top/steps" 2>&1
  grep -vE '^[0-9]+ passed, ' "$top/steps"
  passed=$((passed + $(grep -c '^PASS' "$top/steps"))) failed=$((failed + $(grep -c '^FAIL' "$top/steps")))
  grep -q ' passed, ' "$top/steps" || { echo "FAIL proxies: $program: its steps broke off"; failed=$((failed + 1)); }
done
echo "NOT RUN proxies: Traefik: it is no package here; QueryProtocolTest replays its lines"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
