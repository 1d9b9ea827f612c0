#!/usr/bin/env bash
# curl over TLS: HTTP/1.1, HTTP/2 where the server speaks it (HTTP2=1 asks for it), and who is not let in.
. "$(dirname "$0")/lib/steps.sh"
needs curl aws
[ $secure = true ] || { not_run "all of it" "it is about TLS"; close; }
client curl "$(curl --version | head -n 1 | cut -d' ' -f2)"
umask 077
printf 'user = "AWS:%s"\n' "$(password)" >"$work/login"
repository=$ENTREPOT_URL/v2/$space/app
head -c 3000000 /dev/urandom >"$work/blob"
blob=sha256:$(sha256sum <"$work/blob" | cut -d' ' -f1)
c() { curl -sSf --max-time 60 -K "$work/login" "${version[@]}" "$@"; }
spoken() { c -o "$work/answer" -w '%{http_version}' "$ENTREPOT_URL/v2/"; }
push() {
  local location
  location=$(c -X POST -H 'Content-Length: 0' -D - -o "$work/answer" "$repository/blobs/uploads/" | tr -d '\r' | sed -n 's/^location: //ip')
  location=${location#"$ENTREPOT_URL"}
  c -X PATCH -H 'Content-Type: application/octet-stream' --data-binary "@$work/blob" -o "$work/answer" "$ENTREPOT_URL$location" &&
    c -X PUT -H 'Content-Length: 0' -o "$work/answer" "$ENTREPOT_URL$location?digest=$blob"
}
pull() { c "$repository/blobs/$blob" | cmp - "$work/blob"; }
ranged() { c -r 1000-1999 "$repository/blobs/$blob" | cmp - <(tail -c +1001 "$work/blob" | head -c 1000); }
both() { # "HTTP/…" version: the same over one version of HTTP
  step "login over $1" is "$2" spoken
  step "push a blob over $1" push
  step "pull the blob over $1" pull
  step "pull a range over $1" ranged
  step "list the repositories over $1" c -o "$work/answer" "$ENTREPOT_URL/v2/_catalog"
  step "delete the blob over $1" c -X DELETE -o "$work/answer" "$repository/blobs/$blob"
}

create app
version=(--http1.1)
both HTTP/1.1 1.1
version=(--http2)
if [ "${HTTP2:-0}" = 1 ]; then both HTTP/2 2; else not_run "login over HTTP/2" "HTTP2=1 asks for it"; fi
trusting_others() { env -u CURL_CA_BUNDLE -u SSL_CERT_FILE curl -sSf "$ENTREPOT_URL/v2/"; }
refused "a client that does not trust the CA" 'certificate' trusting_others
refused "TLS 1.1" 'alert|protocol|SSL_ERROR' curl -sS --ciphers DEFAULT@SECLEVEL=0 --tls-max 1.1 "$ENTREPOT_URL/v2/"
refused "plain HTTP on the same port" '40[0-9]|empty reply|reset' curl -sSf --max-time 10 "http://$host/v2/"
refused "no login" 401 curl -sSf "$ENTREPOT_URL/v2/"
close
