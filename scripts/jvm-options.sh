# Sourced, after train.sh. Wants $home, $jar, $target and JAVA_HOME. Sets the array $jvm_options; JAVA_TOOL_OPTIONS may override them.

jvm_options=("@$home/scripts/jvm.options")

# Two collectors asked for would end the JVM, so whoever names one is left alone.
case " ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-} " in
  *-XX:+Use*GC*) ;;
  *) if [ "$(getconf _NPROCESSORS_ONLN)" -le 2 ]; then jvm_options+=("@$home/scripts/one-thread.options"); fi ;;
esac

# A cache of loaded classes halves the time to start. It holds machine code for one processor and fits one JVM, so
# its name says for which. The JVM ignores, without a word, one that does not fit the other options.
cache_key() {
  { cat "$JAVA_HOME/release"; grep -m1 '^flags' /proc/cpuinfo || uname -a; } 2>/dev/null | cksum | cut -d' ' -f1
}

# The libraries in C that jars hold, laid down once, so that no start unpacks and compares them. Whoever calls may have
# switched off `set -e`, so each step ends it by itself; they are there when the last step has put them there.
natives=$target/native
lay_natives() (
  [ "$(uname -sm)" = "Linux x86_64" ] || exit 0
  rm -rf "$natives" "$natives.new" || exit 1
  trap 'rm -rf "$natives.new"' EXIT
  mkdir -p "$natives.new/jars" || exit 1
  for found in "$target"/lib/{netty-transport-native-epoll-*-linux-x86_64,sqlite-jdbc-*}.jar; do
    "$JAVA_HOME/bin/jar" --extract --dir "$natives.new/jars" --file "$found" || exit 1
  done
  mv "$natives.new"/jars/META-INF/native/*epoll_x86_64.so \
    "$natives.new/jars/org/sqlite/native/Linux/x86_64/libsqlitejdbc.so" "$natives.new" || exit 1
  rm -rf "$natives.new/jars" || exit 1
  mv "$natives.new" "$natives"
)
native_options() {
  if [ "$natives" -nt "$jar" ] && [ -f "$natives/libsqlitejdbc.so" ]; then
    jvm_options+=("-Djava.library.path=$natives" "-Dorg.sqlite.lib.path=$natives")
  fi
}

make_cache() { # cache
  if [ "$1" -nt "$jar" ]; then return; fi
  echo "Preparing a faster start (once on this machine; a quarter of a minute) ..." >&2
  rm -f "$target"/entrepot-*.aot*
  lay_natives >/dev/null 2>&1 || true
  native_options
  train "$1.new" "$JAVA_HOME/bin/java" "${jvm_options[@]}" -jar "$jar" >/dev/null 2>&1 || true
  if [ ! -f "$1.new" ]; then touch "$1.new"; fi # an empty one, so that it is not tried again
  mv "$1.new" "$1"
}

cache=$target/entrepot-$(cache_key).aot
if [[ ${1:-} = serve || ${1:-} = import ]] && [ ! "$cache" -nt "$jar" ] && [ -w "$target" ]; then
  one_at_a_time make_cache "$cache"
fi
native_options
if [ -s "$cache" ] && [ "$cache" -nt "$jar" ]; then jvm_options+=(-XX:AOTCache="$cache"); fi
