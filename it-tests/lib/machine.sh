# What the commands of it-tests share: tools, JDKs, the build, namespaces. To be sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '\nERROR: %s\n' "$*" >&2
  exit 1
}

# need COMMAND=PACKAGE...: installs the Debian packages whose command is missing.
need() {
  local pair missing=()
  for pair; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%=*}" > /dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    die "missing: ${missing[*]}. Install them (Debian: sudo apt-get install ${missing[*]}) and run again."
  fi
  say "installing ${missing[*]}"
  apt-get update -qq
  without_services env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends "${missing[@]}" ||
    die "cannot install ${missing[*]}"
}

# Runs a command that installs packages, none of whose services start by that: the tests start what they need themselves.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [ -e "$policy" ]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
  "$@" || status=$?
  rm -f "$policy"
  return "$status"
}

laboratory_tools() { need nft=nftables ip=iproute2 ss=iproute2 openssl=openssl ps=procps unshare=util-linux perl=perl-base turnserver=coturn stun=stun-client redis-server=redis-server; }

# jdk FEATURE: prints the home of an installed JDK with exactly this feature version, or fails.
jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
    /opt/hostedtoolcache/Java_*/*/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -x "$home/bin/javac" ] && grep -qs "^JAVA_VERSION=\"$1[.\"-]" "$home/release"; then
      echo "$home"
      return
    fi
  done
  return 1
}

# Chooses the JDK 17 that the project is built with; installs it if it can.
building_jdk() {
  if ! JAVA_HOME=$(jdk 17); then
    need javac-17=openjdk-17-jdk-headless
    JAVA_HOME=$(jdk 17) || die "no JDK 17 found. Install one under /usr/lib/jvm or ~/.jdks and run again."
  fi
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

# Runs a command where it may make network namespaces: as it is for root, else in a user namespace.
with_namespaces() {
  export PATH="$PATH:/usr/sbin:/sbin"
  if [ "$(id -u)" != 0 ] && unshare --user --map-root-user --mount true 2> /dev/null; then
    unshare --user --map-root-user --mount --fork --kill-child "$@"
  else
    "$@"
  fi
}

maven=("$root/mvnw" --file "$root/pom.xml" --batch-mode --no-transfer-progress)

# A program of the laboratory itself: laboratory CLASS [argument]...
laboratory() {
  with_namespaces java -cp "$root/it-tests/target/classes:$root/it-tests/target/laboratory/*" "$@"
}
