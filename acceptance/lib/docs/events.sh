# Sourced before docs/events.md: a target, and something to tell of.

printf 'data: data\nevents: [{type: file, path: %s/told.json}]\n' "$HOME" >entrepot.yaml
FLAGS=(--config entrepot.yaml)

before() {
  case $1 in
    "./entrepot events --replay"*) push app v1
      for _ in $(seq 300); do grep -q '"id"' told.json 2>/dev/null && break; sleep 0.2; done
      export THEN; THEN=$(date -u -d '1 minute ago' +%FT%TZ)
      EVENT=$(sed -n '1s/.*"id": *"\([^"]*\)".*/\1/p' told.json); export EVENT ;;
  esac
}
