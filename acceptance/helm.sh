#!/usr/bin/env bash
# helm: charts pushed, pulled by version and by range, shown, and built into another chart.
. "$(dirname "$0")/lib/steps.sh"
needs helm aws
client helm "$(helm version --template '{{.Version}}')"
export HELM_CONFIG_HOME=$work/config HELM_CACHE_HOME=$work/cache HELM_DATA_HOME=$work/data
export HELM_REGISTRY_CONFIG=$work/login.json DOCKER_CONFIG=$work
LIMIT=120
charts=oci://$host/$space
how=(--plain-http); [ $secure = true ] && how=(--ca-file "$ENTREPOT_CA")
chart() { # name version [dependency's repository]
  mkdir -p "$1/templates"
  printf 'apiVersion: v2\nname: %s\nversion: %s\n' "$1" "$2" >"$1/Chart.yaml"
  [ -z "${3:-}" ] || printf 'dependencies:\n- name: part\n  version: ">=0.1.0"\n  repository: %s\n' "$3" >>"$1/Chart.yaml"
  echo "word: hello" >"$1/values.yaml"
  printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {word: {{ .Values.word }}}\n' "$1" >"$1/templates/map.yaml"
}
login() { password | helm registry login "${how[@]}" -u AWS --password-stdin "$host"; }
push() { helm package "$1" && helm push "${how[@]}" "$1-$2.tgz" "$charts"; }
pull() { mkdir -p "$work/$1" && helm pull "${how[@]}" "$charts/part" -d "$work/$1" "${@:3}" && cmp "$2" "$work/$1/$2"; }
show() { helm show "$1" "${how[@]}" "$charts/part" --version 0.1.0 | grep -qx "$2"; }
template() { helm template release "${how[@]}" "$charts/part" --version 0.1.0 | grep -q 'word: hello'; }
from_lock() { rm -rf whole/charts && helm dependency build "${how[@]}" whole && [ -s whole/charts/part-0.2.0+build.7.tgz ]; }

cd "$work" || exit 1
create part whole
refused "login with a wrong password" 'unauthorized|401|denied' helm registry login "${how[@]}" -u AWS -p wrong "$host"
step "login" login || close
chart part 0.1.0
step "push a chart" push part 0.1.0
step "DescribeImages knows it" api_digest part 0.1.0
chart part 0.2.0+build.7
step "push a version with + (its tag has _)" push part 0.2.0+build.7
step "push a chart again" helm push "${how[@]}" part-0.1.0.tgz "$charts"
step "pull by version" pull version part-0.1.0.tgz --version 0.1.0
step "pull by a version with +" pull plus part-0.2.0+build.7.tgz --version 0.2.0+build.7
step "pull by a range, out of the list of tags" pull range part-0.1.0.tgz --version '~0.1'
step "pull the newest" pull newest part-0.2.0+build.7.tgz
step "show the chart" show chart "version: 0.1.0"
step "show its values" show values "word: hello"
step "template" template
chart whole 1.0.0 "$charts"
step "build: dependency update" helm dependency update "${how[@]}" whole
step "build: dependency build from the lock file" from_lock
step "push the chart with its dependency" push whole 1.0.0
refused "pull a version that is not there" 'not found' helm pull "${how[@]}" "$charts/part" --version 9.9.9
refused "show a chart that is not there" 'not found|name.unknown|unable to locate' helm show chart "${how[@]}" "$charts/missing"
step "logout" helm registry logout "$host"
refused "pull without a login" 'unauthorized|401|basic credential' helm pull "${how[@]}" "$charts/part" --version 0.1.0
close
