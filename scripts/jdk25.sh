# Sourced. Sets JAVA_HOME to a JDK of version 25 or newer, or says what is missing and ends the script.

jdk_version() { # folder -> its feature version, or nothing if it is not a JDK
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk25() {
  local folder version
  for folder in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(jdk_version "$folder")
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then echo "$folder"; return; fi
  done
}

JAVA_HOME=$(find_jdk25)
if [ -z "$JAVA_HOME" ]; then
  echo "Entrepot needs a JDK 25 or newer: install one (for example Eclipse Temurin 25) and set JAVA_HOME to its folder." >&2
  exit 1
fi
export JAVA_HOME
