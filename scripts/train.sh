# Sourced. Makes a JDK AOT cache: the classes that a server loads, and which of its methods are worth compiling at once.

# Has a server on an empty folder answer all that `entrepot probe` asks, and ends it; its JVM then writes the cache.
train() ( # cache java option ... -jar jar
  cache=$1
  shift
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
  for name in $(compgen -e | grep -E '^(ENTREPOT|AWS)_' || true); do unset "$name"; done
  folder=$(mktemp -d) || exit 1
  server=""
  trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
  export ENTREPOT_DRAIN=0
  "$1" -XX:AOTCacheOutput="$cache" "${@:2}" serve --data "$folder/data" --port 0 >"$folder/out" &
  server=$!
  for _ in $(seq 300); do
    url=$(sed -n 's/^listening on //p' "$folder/out")
    if [ -n "$url" ] || ! kill -0 $server 2>/dev/null; then break; fi
    sleep 0.2
  done
  if [ -n "$url" ]; then
    AWS_SHARED_CREDENTIALS_FILE=$folder/data/credentials AWS_CONFIG_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true \
      "$@" probe --write --endpoint "$url" --timeout 60s >"$folder/told" || true # it has differences to tell
  fi
  kill $server && wait $server || true
  server=""
  [ -s "$cache" ] && grep -q ' answers, ' "$folder/told"
)
