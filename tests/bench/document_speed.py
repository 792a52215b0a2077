#!/usr/bin/env python3
"""document_speed.py CLI PDF_FOLDER [--jobs N] [--rounds N]

Measures how long `CLI check` takes over all PDFs of a folder against `pdftotext` run on the same files with the same
number of parallel processes. The two take turns; prints each round and the median of the ratios. CLI may also be
the path of `bench_document_read`, which reads the files without reviewing them.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time


def timed(command, **options):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    return time.perf_counter() - start, done


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("cli")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = sorted(str(p) for p in options.folder.glob("*.pdf"))
    if not files:
        sys.exit(f"no PDF in {options.folder}")
    if pathlib.Path(options.cli).name == "bench_document_read":
        ours = [options.cli, "--jobs", str(options.jobs), *files]
    else:
        ours = [options.cli, "check", *files, "--format", "json"]
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.txt"
        theirs = ["xargs", "-0", "-P", str(options.jobs), "-I", "{}", "sh", "-c",
                  f'pdftotext "$1" "{out}.$$" 2>/dev/null; rm -f "{out}.$$"', "sh", "{}"]
        names = "\0".join(files).encode()
        for number in range(1, options.rounds + 1):
            seconds, done = timed(ours)
            if done.returncode not in (0, 1):
                sys.exit(f"{options.cli} exited {done.returncode}: {done.stderr.decode()[-2000:]}")
            reference, _ = timed(theirs, input=names)
            ratios.append(seconds / reference)
            print(f"round {number}: {seconds:.2f} s, pdftotext {reference:.2f} s, ratio {ratios[-1]:.3f}", flush=True)
    print(f"{len(files)} files, {options.jobs} processes, median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
