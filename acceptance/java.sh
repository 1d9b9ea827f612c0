#!/usr/bin/env bash
# AWS SDK for Java and Jib: the tests of this folder's Maven module. Needs Maven, a JDK 25 and Maven Central or its cache.
. "$(dirname "$0")/lib/steps.sh"
needs mvn python3
cd "$(dirname "$0")/.." || exit 1
. scripts/jdk25.sh
reports=acceptance/target/surefire-reports
rm -rf "$reports"
mvn -B --no-transfer-progress -Pacceptance -pl acceptance test >"$work/output" 2>&1 </dev/null
ended=$?
if [ -d "$reports" ]; then python3 acceptance/lib/surefire.py "$reports" >"$work/lines"; else : >"$work/lines"; fi
version() { # property or artifact: its version in the poms
  sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p; /<artifactId>$1</{n;s|.*<version>\(.*\)</version>.*|\1|p}" pom.xml acceptance/pom.xml | head -n 1
}
client Jib "$(version jib-core)"
grep 'java: JibTest' "$work/lines"
client "AWS SDK for Java" "$(version awssdk.version)"
grep -v 'java: JibTest' "$work/lines"
passed=$(grep -c ^PASS "$work/lines") failed=$(grep -c ^FAIL "$work/lines")
[ $ended = 0 ] || [ "$failed" -gt 0 ] || { grep -m 5 '\[ERROR\]' "$work/output"; fail "mvn ended with $ended"; }
close
