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
  apt-get install -y --no-install-recommends "${missing[@]}"
}

laboratory_tools() { need nft=nftables ip=iproute2 ss=iproute2 ps=procps unshare=util-linux; }

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

# Chooses the JDK that builds: 17 is what the project is compiled with, any later one does.
building_jdk() {
  local feature
  for feature in 17 21 25; do
    if JAVA_HOME=$(jdk "$feature"); then
      export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
      return
    fi
  done
  need javac=default-jdk-headless
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

maven() { (cd "$root" && ./mvnw --batch-mode --no-transfer-progress "$@"); }
