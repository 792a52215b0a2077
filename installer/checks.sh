#!/usr/bin/env bash
# Style and layering: formatting, no Widgets or Charts below ui/, no file of over 500 lines.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sources() { find core ui app tests resources -name '*.cpp' -o -name '*.h' | sort; }

if ! sources | xargs clang-format --dry-run --Werror 2>/tmp/leeway-format.$$; then
    head -40 /tmp/leeway-format.$$ >&2
    rm -f /tmp/leeway-format.$$
    echo "Run: find core ui app tests resources -name '*.cpp' -o -name '*.h' | xargs clang-format -i" >&2
    exit 1
fi
rm -f /tmp/leeway-format.$$

# The include form <QtWidgets/QWidget> compiles even where the library is not linked, hence a search.
widgets='#include <(QtWidgets|QtCharts|Q(Widget|Dialog|MessageBox|MainWindow|Application|Chart)[A-Za-z]*[/>])'
if grep -rnE "$widgets" core; then
    echo "core must not use Widgets or Charts." >&2
    exit 1
fi
if grep -rnE 'Qt6::(Widgets|Charts)' core --include=CMakeLists.txt; then
    echo "core must not link Widgets or Charts." >&2
    exit 1
fi
# Text and number crunching stays free of Qt, so that it can be fuzzed and benched alone.
if grep -rnE '#include <Q' core/clauses core/pricing core/usage core/simulation core/scoring |
    grep -v '^core/usage/warehouse/engines/'; then
    echo "clauses, pricing, usage, simulation and scoring must not use Qt (the clients of database servers may)." >&2
    exit 1
fi
echo "Style and layering: fine"
