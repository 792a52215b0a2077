#!/usr/bin/env python3
"""merge_confidence.py PACK.json CONFIDENCE.json

Writes the confidences that learn_checks found into the resolutions of a rule pack, line by line, so that the file keeps
its layout. Learning goes in this order: empty the weights file ('{"checks": {}}'), run learn_checks, merge the
confidences, run learn_checks once more (the weights depend on which rules stand by themselves), and copy its weights file
to templates/checks.
"""
import json
import re
import sys


def main(pack_path, confidence_path):
    learned = json.load(open(confidence_path))
    with open(pack_path) as file:
        lines = file.read().split("\n")
    check, at, inside = None, 0, False
    for i, line in enumerate(lines):
        found = re.match(r'\s{6}"id": "([^"]+)"', line)
        if found:
            check = found.group(1)
        elif re.match(r'\s{6}"resolve": \[', line):
            inside, at = True, 0
        elif inside and re.match(r"\s{6}\]", line):
            inside = False
            if at != len(learned.get(check, [])):
                sys.exit("%s: %d resolutions, %d confidences" % (check, at, len(learned.get(check, []))))
        elif inside:
            lines[i] = re.sub(r'"confidence": [0-9.]+', '"confidence": %s' % learned[check][at], line)
            at += 1
    with open(pack_path, "w") as file:
        file.write("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
