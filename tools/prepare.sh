# Sourced by tools/run, tools/test and .ci/run: installs what tools/packages.txt names and
# builds a preset of CMakePresets.json. Leaves the caller in the repository's root. Prints a
# line a step; what a step says is shown only when it fails.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

# Precompiled headers are cached only with these: their macros and times are not compared.
# And a clone in another place may use what was compiled here.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS="pch_defines,time_macros${CCACHE_SLOPPINESS:+,$CCACHE_SLOPPINESS}"

say() { printf '\n== %s\n' "$*"; }

# Runs a command without input, and shows its output only when it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -ne 0 ]; then
    cat "$log" >&2
    printf 'failed with status %d: %s\n' "$status" "$*" >&2
  fi
  rm -f "$log"
  return "$status"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# listed_packages [ci]: the packages of the list; its [ci] section only when asked for.
listed_packages() {
  local section=all line
  while read -r line; do
    case "$line" in
      '' | '#'*) ;;
      '['*']') section=${line:1:-1} ;;
      *) if [ "$section" = all ] || [ "$section" = "${1:-}" ]; then echo "$line"; fi ;;
    esac
  done <tools/packages.txt
}

# missing_packages [ci]: those of the list that are not installed, by one question to dpkg.
missing_packages() {
  local wanted installed
  wanted=$(listed_packages "$@" | sort -u)
  # shellcheck disable=SC2086  # One argument a package. dpkg-query fails when it does not know one.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
  comm -23 <(echo "$wanted") <(sed -n 's/^installed //p' <<<"$installed" | sort -u)
}

# install_packages [ci]: makes every listed package present; asks nothing and, when nothing
# is missing, touches nothing.
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    printf 'Packages are missing, and only root can install them. As root:\n  apt-get install %s\n' "${missing[*]}" >&2
    return 1
  fi
  say "Installing ${#missing[@]} packages from Debian"
  quietly as_root apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 update
  quietly as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    install "${missing[@]}"
}

# build PRESET [TARGET…]: configures if that was never done (ninja notices later changes by
# itself) and builds. On a terminal ninja shows its own status line.
build() {
  local preset=$1 targets=()
  shift
  if [ "$#" -gt 0 ]; then targets=(--target "$@"); fi
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "Configuring build/$preset"
    quietly cmake --preset "$preset"
  fi
  say "Building build/$preset"
  if [ -t 1 ]; then
    cmake --build --preset "$preset" "${targets[@]}"
  else
    cmake --build --preset "$preset" "${targets[@]}" -- --quiet </dev/null
  fi
}

# run_tests PRESET [flags of ctest…]: failures with their output, then ctest's own summary. In
# a pipe the lines of tests that passed are left out.
run_tests() {
  local preset=$1
  shift
  say "Testing build/$preset"
  if [ -t 1 ]; then
    ctest --preset "$preset" --parallel 2 --progress "$@"
  else
    ctest --preset "$preset" --parallel 2 "$@" </dev/null |
      grep --line-buffered -vE '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ Test +#.* Passed )'
  fi
}
