#!/usr/bin/env bash
# Installs what is missing, checks style and layering, builds everything and runs every test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source installer/packages.sh
ensure_packages run test
try_packages peer
installer/local-model.sh || echo "NOT AVAILABLE: a local model. The test against a real server is skipped." >&2

installer/checks.sh
cmake --preset dev -DLEEWAY_WERROR="${CI:+ON}"
cmake --build build/dev
python3 installer/tidy.py build/dev
ctest --preset dev -j "$(nproc)"
