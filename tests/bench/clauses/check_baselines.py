#!/usr/bin/env python3
"""check_baselines.py DOCS LABELS [DOCS LABELS …] [--test DOCS LABELS]

The two obvious ways to answer the checks, for comparison with the engine:
  most frequent  always the verdict that a check has most often in the labels
  key words      the verdict whose typical words (those of its labelled evidence) stand most in the document
Both learn from all documents but the one in question (or from the first sets when --test names another). Prints accuracy,
macro F1, danger and evidence in the format of the engine's evaluation. Standard library only.
"""
import collections
import json
import math
import pathlib
import re
import sys

VERDICTS = ("met", "partial", "missing", "adverse")


def squash(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def overlaps(found, gold, shingle=40):
    a, b = squash(found), squash(gold)
    if not a or not b:
        return False
    if len(a) < shingle or len(b) < shingle:
        return a in b or b in a
    short, long_ = (a, b) if len(a) <= len(b) else (b, a)
    return any(short[i:i + shingle] in long_ for i in range(0, len(short) - shingle + 1, 5))


def words(text):
    return set(re.findall(r"[a-z]{3,}", text.lower()))


def load(docs, labels):
    result = []
    for path in sorted(pathlib.Path(labels).glob("*.json")):
        for ending in (".md", ".txt"):
            file = pathlib.Path(docs) / (path.stem + ending)
            if file.exists():
                kept = [l for l in json.load(open(path))["labels"] if not l.get("doubtful")]
                result.append((path.stem, file.read_text(errors="replace"), kept))
                break
    return result


def sentences(text):
    return [s for s in re.split(r"(?<=[.;:])\s+|\n\s*\n", text) if len(s) > 20]


class MostFrequent:
    name = "most frequent"

    def __init__(self, learn):
        self.count = collections.defaultdict(collections.Counter)
        for stem, _, labels in learn:
            for label in labels:
                self.count[label["check"]][label["verdict"]] += 1
        self.own = {stem: {l["check"]: l["verdict"] for l in labels} for stem, _, labels in learn}

    def answer(self, stem, text, check):
        count = self.count[check].copy()
        if check in self.own.get(stem, {}):
            count[self.own[stem][check]] -= 1
        return (max(VERDICTS, key=lambda v: count[v]), [])


class KeyWords:
    name = "key words"

    def __init__(self, learn):
        self.learn = learn
        self.evidence = collections.defaultdict(list)
        self.documents = collections.Counter()
        for stem, text, labels in learn:
            self.documents.update(words(text))
            for label in labels:
                if label["evidence"]:
                    self.evidence[label["check"]].append((stem, label["verdict"], words(" ".join(label["evidence"]))))
        self.parts = {}

    def answer(self, stem, text, check):
        if stem not in self.parts:
            self.parts[stem] = [(s, words(s)) for s in sentences(text)]
        typical = {v: collections.Counter() for v in VERDICTS}
        for other, verdict, bag in self.evidence[check]:
            if other != stem:
                typical[verdict].update(bag)
        total = len(self.learn)
        best = (0.0, "missing", "")
        for verdict, counter in typical.items():
            n = sum(1 for o, v, _ in self.evidence[check] if v == verdict and o != stem)
            top = {w: c / n * math.log((1 + total) / (1 + self.documents[w])) for w, c in counter.items() if n and c > 1}
            top = dict(sorted(top.items(), key=lambda p: (-p[1], p[0]))[:15])
            norm = sum(top.values())
            if not norm:
                continue
            for sentence, bag in self.parts[stem]:
                score = sum(x for w, x in top.items() if w in bag) / norm
                if score > best[0]:
                    best = (score, verdict, sentence)
        return (best[1], [best[2]]) if best[0] > 0.35 else ("missing", [])


def measure(method, documents):
    table, seen, found = collections.Counter(), 0, 0
    for stem, text, labels in documents:
        for label in labels:
            verdict, evidence = method.answer(stem, text, label["check"])
            table[label["verdict"], verdict] += 1
            if label["evidence"]:
                seen += 1
                found += any(overlaps(e, w) for e in evidence for w in label["evidence"])
    total = sum(table.values())
    f1s = []
    for v in VERDICTS:
        both = sum(n for (g, _), n in table.items() if g == v) + sum(n for (_, m), n in table.items() if m == v)
        f1s.append(2 * table[v, v] / both if both else 1.0)
    adverse = sum(n for (g, _), n in table.items() if g == "adverse")
    danger = table["adverse", "met"] + table["adverse", "missing"]
    print("%-14s accuracy %.3f macroF1 %.3f danger %.3f evidence %.3f over %d documents" % (
        method.name, sum(table[v, v] for v in VERDICTS) / total, sum(f1s) / 4, danger / max(1, adverse),
        found / max(1, seen), len(documents)))


def main(arguments):
    test = None
    if "--test" in arguments:
        at = arguments.index("--test")
        test = load(*arguments[at + 1:at + 3])
        arguments = arguments[:at]
    learn = [d for i in range(0, len(arguments), 2) for d in load(*arguments[i:i + 2])]
    for method in (MostFrequent(learn), KeyWords(learn)):
        measure(method, test if test is not None else learn)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
