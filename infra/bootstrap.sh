#!/bin/sh
# Makes the environment in .venv from Python >= 3.11 alone; as root or not, on Linux and macOS.
#   bootstrap.sh                what the program needs
#   bootstrap.sh dev [browser]  what its tests need as well
#   bootstrap.sh lock           only checks that uv.lock fits pyproject.toml
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
apt() {
    say "Instaluję z repozytorium systemu: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2 || true
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        stop "Nie udało się zainstalować: $*. Sprawdź połączenie z internetem i uruchom ponownie."
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}
find_python() {
    for name in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && is_new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

case "$(uname -s)" in
    Linux | Darwin) ;;
    *) stop "Platforma działa na Linuksie i macOS; w systemie Windows uruchom ją w WSL." ;;
esac
PYTHON=$(find_python) ||
    stop "Potrzebny jest Python 3.11 lub nowszy: zainstaluj go (Debian: apt install python3 python3-venv; macOS: brew install python)."

# --- uv: the one on the machine, else one of our own that needs no root -----------------------
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    UV=uv
else
    UV=.uv/bin/uv
    if ! "$UV" --version >/dev/null 2>&1; then
        if ! "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            can_apt || stop "Brakuje modułu venv Pythona; uruchom: sudo apt install python3-venv"
            apt python3-venv
        fi
        rm -rf .uv
        say "Instaluję uv…"
        "$PYTHON" -m venv .uv || stop "Nie udało się założyć środowiska Pythona w .uv."
        echo '*' >.uv/.gitignore
        .uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.8,<1' ||
            stop "Nie udało się pobrać uv: sprawdź połączenie z internetem i uruchom ponownie."
    fi
fi

if [ "${1:-}" = lock ]; then
    "$UV" lock --check --quiet || stop "uv.lock nie pasuje do pyproject.toml; uruchom: $UV lock"
    exit 0
fi

# --- the packages, exactly as locked ----------------------------------------------------------
if [ "${1:-}" = dev ]; then groups=""; else groups="--no-dev --inexact"; fi
[ -x .venv/bin/kooperacja ] || say "Pobieram pakiety do .venv…"
if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; then python_option=""; else
    python_option="--python $PYTHON"
fi
# shellcheck disable=SC2086
"$UV" sync --frozen --quiet --compile-bytecode $groups $python_option ||
    stop "Nie udało się zainstalować pakietów: sprawdź połączenie z internetem i miejsce na dysku."

# --- what WeasyPrint needs of the system to print PDF -----------------------------------------
has_pango() {
    if [ "$(uname -s)" = Linux ]; then
        .venv/bin/python -c 'import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)' >/dev/null 2>&1
    else
        .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
    fi
}
PANGO="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if ! has_pango; then
    if can_apt; then
        # shellcheck disable=SC2086
        apt $PANGO
    elif [ "$(uname -s)" = Darwin ]; then
        stop "Do tworzenia PDF potrzebna jest biblioteka Pango; uruchom: brew install pango"
    else
        stop "Do tworzenia PDF potrzebne są biblioteki; uruchom: sudo apt install $PANGO"
    fi
fi

# --- a browser for the tests ------------------------------------------------------------------
for wish in "$@"; do
    [ "$wish" = browser ] || continue
    sh infra/find-chromium.sh >/dev/null && continue
    if can_apt; then
        # Not every system has the second, with which the tests go quicker.
        (apt chromium chromium-headless-shell) || apt chromium
    elif [ "$(uname -s)" = Darwin ]; then
        stop "Testy potrzebują przeglądarki Chromium; uruchom: brew install --cask chromium"
    else
        stop "Testy potrzebują przeglądarki Chromium; uruchom: sudo apt install chromium"
    fi
done

# --- a pooler for one of the tests, which is skipped where there is none -----------------------
for wish in "$@"; do
    [ "$wish" = browser ] || continue
    command -v pgbouncer >/dev/null 2>&1 || ! can_apt ||
        (apt pgbouncer) || say "Bez niego jeden z testów zostanie pominięty."
done
