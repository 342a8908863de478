#!/bin/sh
# Make .venv: a virtual environment with exactly the versions of requirements.lock, each checked by its hash.
# "setup.sh keras" adds TensorFlow to it, which the chapter on Keras needs to be run, but not to be built.
set -eu
cd "$(dirname "$0")/.."

stop() {
    echo "$1" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

# Debian ships Python without the part that makes virtual environments.
install_venv() {
    [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release || return 1
    echo "Installing Debian's python3-venv ..."
    { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null 2>&1
}

if ! new_enough .venv/bin/python; then
    python=$(find_python)
    [ -n "$python" ] || stop "The book needs Python 3.11 or newer and found none: install it, or name it with PYTHON=/path/to/python3."
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_venv && "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Python's venv module is missing: install it (Debian and Ubuntu: apt-get install python3-venv) and run make again."
    echo "Making the virtual environment .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv || stop "The virtual environment .venv could not be made: see the lines above."
fi

if ! [ -x .venv/bin/uv ]; then
    awk '/^[^ ]/ { keep = /^uv==/ } keep' requirements.lock >.venv/uv.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock ||
        stop "The packages could not be downloaded: check the connection to the Python package index and run make again."
fi

export UV_PYTHON=.venv/bin/python

if [ "${1:-}" = keras ]; then
    echo "Installing TensorFlow for the chapter on Keras: the packages of requirements-keras.lock ..."
    # Compiled once, here: it is a large package, and several tests start it.
    .venv/bin/uv pip install --compile-bytecode --require-hashes -r requirements-keras.lock ||
        .venv/bin/python -m pip install --require-hashes -r requirements-keras.lock ||
        stop "TensorFlow could not be installed: check the connection to the Python package index and run make again."
    exit
fi

# uv is quick, but it does not read pip's own settings (a university's mirror, say): where it fails, pip may not.
echo "Installing the packages of requirements.lock ..."
if .venv/bin/uv pip sync --compile-bytecode --require-hashes requirements.lock; then
    .venv/bin/uv pip install --quiet --no-deps --no-build-isolation -e .
else
    { .venv/bin/python -m pip install --require-hashes -r requirements.lock &&
        .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .; } ||
        stop "The packages could not be installed: check the connection to the Python package index and run make again."
fi
