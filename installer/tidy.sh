#!/usr/bin/env bash
# clang-tidy with the allow-list of .clang-tidy over core and app, from the compile commands of BUILD_FOLDER.
set -euo pipefail
build=${1:?usage: tidy.sh BUILD_FOLDER}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# clang cannot read gcc's precompiled headers; the headers themselves are included as text instead.
database=$(mktemp -d)
trap 'rm -rf "$database"' EXIT
python3 - "$build/compile_commands.json" "$database/compile_commands.json" <<'PY'
import json, re, sys
commands = json.load(open(sys.argv[1]))
for entry in commands:
    command = re.sub(r"^.*?(?=/\S*(?:c\+\+|g\+\+)\S* )", "", entry["command"])
    command = re.sub(r" -Winvalid-pch| -fpch-preprocess| -Werror", "", command)
    command = re.sub(r" -include \S*cmake_pch\.hxx", "", command)
    entry["command"] = command
json.dump(commands, open(sys.argv[2], "w"))
PY
find core app -name '*.cpp' | sort | xargs -P "$(nproc)" -n 8 clang-tidy -p "$database" --quiet 2>/dev/null
echo "clang-tidy: fine"
