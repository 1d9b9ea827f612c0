# Sourced. Wants $home. Sets $jar, and builds it when it is not there or older than its sources.

target=$home/registry/target
jar=$target/entrepot.jar
stamp=$target/entrepot.built # as old as the sources that the jar was made of

is_stale() {
  [ ! -f "$jar" ] || [ ! -f "$stamp" ] ||
    [ -n "$(find "$home/pom.xml" "$home/registry/pom.xml" "$home/registry/src/main" -newer "$stamp" -print -quit)" ]
}

build() {
  command -v mvn >/dev/null || { echo "Entrepot builds with Maven 3.8 or newer: install it (package maven)." >&2; return 1; }
  echo "Building Entrepot (once for each version; a minute or two) ..." >&2
  touch "$stamp.new"
  rm -f "$jar" # and not overwritten: a server that runs from it keeps the old one
  JAVA_TOOL_OPTIONS= mvn -q -B -f "$home/pom.xml" -pl registry -am package -Dmaven.test.skip=true \
    -Dspotless.check.skip -Dcheckstyle.skip -Denforcer.skip >"$target/build.log" 2>&1 ||
    { cat "$target/build.log" >&2; echo "Entrepot could not be built; the reason is above." >&2; return 1; }
  mv "$stamp.new" "$stamp"
}

# Of two that start at once, the second waits and finds the work done.
one_at_a_time() { # command ...
  (
    if command -v flock >/dev/null; then flock 9; fi
    "$@" 9>&-
  ) 9>"$target/entrepot.lock"
}

build_if_stale() { if is_stale; then build; fi; }

if is_stale; then
  mkdir -p "$target"
  one_at_a_time build_if_stale || exit 1
fi
