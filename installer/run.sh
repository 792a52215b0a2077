#!/usr/bin/env bash
# Installs what is missing, builds Leeway and opens it on the sample project; without a display it does the same
# review on the command line and writes the report.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source installer/packages.sh
ensure_packages run

build=build/release
cmake --preset release -DLEEWAY_BUILD_TESTS=OFF >"${TMPDIR:-/tmp}/leeway-configure.log" 2>&1 || {
    cat "${TMPDIR:-/tmp}/leeway-configure.log" >&2
    exit 1
}
cmake --build "$build"

cli=$build/bin/leeway-cli
project=$build/samples/sample.leeway
if [ ! -e "$project" ]; then
    "$cli" new "$project" --title "Northgate customer desk" --currency USD
    "$cli" add "$project" "$build/samples/aurora-agreement.pdf" --title "AI Services Agreement" \
        --prices resources/samples/aurora-prices.json --usage "$build/samples/aurora-usage.csv" \
        --scenarios resources/samples/aurora-scenarios.json
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$build/bin/leeway" "$project"
fi
"$cli" show "$project"
report=$build/samples/risk-report.pdf
"$cli" report "$project" -o "$report" >/dev/null
echo
echo "No display here, so the review ran on the command line."
echo "Risk report: $PWD/$report"
echo "Project:     $PWD/$project"
