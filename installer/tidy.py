#!/usr/bin/env python3
"""tidy.py BUILD_FOLDER

clang-tidy with the allow-list of .clang-tidy over core and app, with the compile commands of BUILD_FOLDER.

Most of a file's time goes into the headers it includes. So files of one folder are read several at once, as one
translation unit; those whose names would clash, and any that do not go together after all, are read alone.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOGETHER = 12  # files


def commands(build):
    """File → its compile command, without the file itself and without what only GCC understands."""
    found = {}
    for entry in json.load(open(f"{build}/compile_commands.json")):
        file = os.path.relpath(entry["file"], ROOT)
        if file.split("/")[0] in ("core", "app"):
            command = re.sub(r" -o \S+ -c \S+$", "", entry["command"])
            command = re.sub(r"^.*?/\S*[cg]\+\+\S* ", "clang++ ", command)
            found[file] = re.sub(
                r" -include \S+| -Winvalid-pch| -fpch-preprocess| -Werror| -DQT_\w+_LIB", "", command)
    return found


def own_names(text):
    """Names that another file of the same namespace could have too: those in unnamed namespaces, and macros."""
    names = set(re.findall(r"^#define (\w+)", text, re.MULTILINE))
    plain = re.sub(r'R"\((.|\n)*?\)"|"(\\.|[^"\\\n])*"|\'(\\.|[^\'\\\n])\'|//.*', "0", text)
    depth, unnamed = 0, None
    for line in plain.splitlines():
        if unnamed is None and line == "namespace {":
            unnamed = depth
        elif unnamed is not None and depth == unnamed + 1 and line[:1] not in (" ", "}", "", "#"):
            names |= set(re.findall(r"^.*?(?<![\w:])([A-Za-z_]\w*)\s*(?:[({=;]|:(?!:)|\[\w*\]|$)", line))
        depth += line.count("{") - line.count("}")
        if unnamed is not None and depth <= unnamed and line.startswith("}"):
            unnamed = None
    return names


def batches(files):
    """(command, files) with no name twice among the files of a batch."""
    made = []
    for file in sorted(files):
        names = own_names((ROOT / file).read_text())
        key = (os.path.dirname(file), files[file])
        for batch in made:
            if batch["key"] == key and len(batch["files"]) < TOGETHER and not batch["names"] & names:
                batch["files"].append(file)
                batch["names"] |= names
                break
        else:
            made.append({"key": key, "files": [file], "names": set(names)})
    return [(batch["key"][1], batch["files"]) for batch in made]


def read(work, number, command, files):
    """What clang-tidy has to say of the files; empty when they are fine."""
    folder = pathlib.Path(work) / str(number)
    folder.mkdir()
    unit = folder / "unit.cpp"
    unit.write_text("".join(f'#include "{ROOT / file}"\n' for file in files))
    (folder / "compile_commands.json").write_text(json.dumps(
        [{"directory": str(ROOT), "file": str(unit), "command": f"{command} -I{ROOT} -w -c {unit}"}]))
    run = subprocess.run(["clang-tidy", "-p", str(folder), "--quiet", "--header-filter", f"^{ROOT}/(core|ui|app)/",
                          f"--config-file={ROOT}/.clang-tidy", str(unit)], capture_output=True, text=True)
    if run.returncode == 0:
        return ""
    if len(files) > 1 and (run.returncode < 0 or "clang-diagnostic-error" in run.stdout + run.stderr):
        alone = [read(work, f"{number}-{i}", command, [file]) for i, file in enumerate(files)]
        return "".join(alone)
    return run.stdout + run.stderr + f"clang-tidy ended with {run.returncode} on {', '.join(files)}\n"


def main(build):
    work = batches(commands(build))
    work.sort(key=lambda batch: -len(batch[1]))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(lambda job: read(folder, job[0], *job[1]), enumerate(work)))
    sys.stdout.write("".join(said))
    if any(said):
        sys.exit(1)
    print(f"clang-tidy: fine ({sum(len(files) for _, files in work)} files in {len(work)} units)")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
