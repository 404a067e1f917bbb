#!/bin/sh
# Prepares this machine for the Makefile: a Python that fits, the system libraries Qt needs, and .venv with the pinned
# libraries. Says nothing and takes under a second when all is ready. Reads no input; pip keeps its own configuration.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/ready
missing=''  # packages of Debian that are wanted and not here

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null </dev/null || true; }
fits() { case "$1" in 3.11 | 3.12 | 3.13) return 0 ;; *) return 1 ;; esac; }
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# Installs Debian packages when that is allowed; otherwise names the line to type and stops.
install() {
    if can_install; then
        say "installing $*"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq </dev/null >&2 || say "apt-get update did not finish; trying with the lists that are here"
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2 || stop "apt-get could not install: $*"
    elif command -v apt-get >/dev/null 2>&1; then
        stop "this machine lacks some packages. Please run this line, then the same make target again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    else
        stop "this machine lacks some packages (Debian's names): $*. Please install their like, then run the same make target again"
    fi
}

# Sets $python to the first command that is Python 3.11, 3.12 or 3.13: the machine's own python3 before the others.
find_python() {
    python=''
    for name in python3 python3.13 python3.12 python3.11; do
        if fits "$(version_of "$name")"; then python=$name; return 0; fi
    done
    return 1
}

require_python() {
    find_python && return 0
    own=$(version_of python3)
    if [ -z "$own" ] && can_install; then
        install python3 python3-venv
        find_python && return 0
        own=$(version_of python3)
    fi
    stop "Python 3.11, 3.12 or 3.13 is needed; python3 here is ${own:-absent}. On Debian 12 or newer, please run this line, then the same make target again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends python3 python3-venv"
}

# Adds to $missing the packages whose libraries the loader does not find. $1 is any Python: it asks the loader itself.
look_for_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    wanted='libglib2.0-0=libgthread-2.0.so.0 libgl1=libGL.so.1 libegl1=libEGL.so.1 libxkbcommon0=libxkbcommon.so.0
            libfontconfig1=libfontconfig.so.1 libdbus-1-3=libdbus-1.so.3'
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        wanted="$wanted libxcb-cursor0=libxcb-cursor.so.0 libxcb-icccm4=libxcb-icccm.so.4
            libxcb-keysyms1=libxcb-keysyms.so.1 libxcb-shape0=libxcb-shape.so.0 libxkbcommon-x11-0=libxkbcommon-x11.so.0"
    fi
    # shellcheck disable=SC2086  # one word a package
    missing="$missing $("$1" - $wanted <<'PYTHON'
import ctypes
import sys

for pair in sys.argv[1:]:
    package, library = pair.split("=")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
    )"
}

# A .venv to keep: its Python fits and still runs, and it was made in this very folder (its scripts carry the path).
is_ours() { fits "$(version_of $venv/bin/python)" && grep -qF "$(pwd -P)/$venv/bin/python" $venv/bin/pip 2>/dev/null; }

make_venv() {
    is_ours && return 0
    [ ! -e $venv ] || say "$venv was made elsewhere or with a Python that does not fit: making it anew"
    rm -rf $venv
    "$python" -m venv $venv || stop "$python could not make $venv"
}

fill_venv() {
    say "installing the libraries of constraints.txt into $venv with Python $(version_of $venv/bin/python) (a minute or two)"
    "$venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check \
        -c constraints.txt -e '.[dev]' </dev/null >&2 ||
        stop "pip could not install the libraries; its own words stand above. Once there is a network, run the same make target again"
}

# What .venv is made from; the stamp is written last, so an interrupted setup begins again.
wish() { cat pyproject.toml constraints.txt | cksum; }
is_ready() { [ -f $stamp ] && [ "$(cat $stamp)" = "$(wish)" ] && is_ours; }

if is_ready; then
    look_for_libraries $venv/bin/python
else
    require_python
    own=$(version_of python3)
    [ "$python" = python3 ] || say "python3 here is ${own:-absent}; taking $python"
    is_ours || "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="python$(version_of "$python")-venv"
    look_for_libraries "$python"
fi
# shellcheck disable=SC2086  # one word a package
set -- $missing
if [ $# -gt 0 ]; then
    install "$@"
    missing=''
    look_for_libraries "${python:-$venv/bin/python}"
    [ -z "$(echo $missing)" ] || stop "installed, yet the loader still does not find the libraries of:$missing"
fi
if ! is_ready; then
    make_venv
    rm -f $stamp
    fill_venv
    wish >$stamp
fi
