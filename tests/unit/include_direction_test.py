#!/usr/bin/env python3
"""Usage: include_direction_test.py ROOT

Fails on an include that runs against the layers (compiler, then rules, then schema), on a
third-party header outside of the folders that own it, and on an include that is not written as a
path from the root. The two tables below are the rules.
"""

import pathlib
import re
import sys

# Each code folder with the ones that it may include from, itself among them.
LAYERS = {
    "schema": ("schema",),
    "rules": ("rules", "schema"),
    "compiler": ("compiler", "rules", "schema"),
    "tests": ("tests", "compiler", "rules", "schema"),
}

# The beginning of a third-party header's name, and the places that may include it. A header without
# a line here may be included nowhere; standard headers have neither a folder nor an ending.
OWNERS = {
    "fmt/": ("schema/", "rules/", "compiler/", "tests/"),
    "yaml-cpp/": ("schema/yaml/", "compiler/emit/", "tests/bench/"),
    "tao/pegtl": ("rules/cel/", "schema/value/"),
    "openssl/": ("schema/x509/", "compiler/emit/", "compiler/output/", "tests/"),
    "idn2.h": ("schema/value/",),
    "libpsl.h": ("schema/value/",),
    "stringprep.h": ("schema/value/",),
    "unictype.h": ("schema/value/",),
    "re2/": ("rules/cel/",),
    "date/": ("rules/cel/",),
    "ldns/": ("schema/zonefile/",),
    "CLI/": ("compiler/cli/",),
    "nlohmann/": ("schema/yaml/", "compiler/lsp/", "compiler/output/", "compiler/report/", "tests/"),
    "catch2/": ("tests/support/catch.h",),
}

# POSIX and Linux headers, for what the standard library cannot do; in .cpp files only.
SYSTEM = re.compile(r"(sys|netinet|arpa|linux)/[a-z_0-9]+\.h|(fcntl|unistd|poll|dirent|spawn)\.h")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def complaint(file, quote, header):
    """What is wrong with this include, or None."""
    layer = file.split("/", 1)[0]
    if quote == '"':
        folder = header.split("/", 1)[0]
        if folder not in LAYERS:
            return "not a path from the root of the repository"
        if folder not in LAYERS[layer]:
            return f"{layer} may not include from {folder}"
        return None
    if re.fullmatch(r"[a-z_0-9]+", header):
        return None
    if SYSTEM.fullmatch(header):
        return None if file.endswith(".cpp") else "a system header in a header of ours"
    for prefix, places in OWNERS.items():
        if header.startswith(prefix):
            return None if file.startswith(places) else f"only {', '.join(places)} may include it"
    return "no folder owns this header"


def check(file, text):
    """Prints and counts the wrong includes of one file."""
    wrong = 0
    for number, line in enumerate(text.splitlines(), start=1):
        match = INCLUDE.match(line)
        problem = match and complaint(file, *match.groups())
        if problem:
            print(f"{file}:{number}: {match.group(2)}: {problem}", file=sys.stderr)
            wrong += 1
    return wrong


def check_itself():
    """A check that cannot fail is none: each kind of wrong include has to be seen."""
    wrong = [
        ("schema/a.h", "#include \"rules/b.h\""),
        ("rules/a.cpp", "#include \"compiler/b.h\""),
        ("compiler/cli/a.cpp", "#include \"tests/support/golden.h\""),
        ("schema/yaml/a.cpp", "#include \"tree.h\""),
        ("schema/yaml/a.cpp", "  #  include <ldns/ldns.h>"),
        ("rules/facts/a.cpp", "#include <re2/re2.h>"),
        ("schema/source/a.h", "#include <unistd.h>"),
        ("compiler/a.cpp", "#include <boost/asio.hpp>"),
    ]
    right = [
        ("compiler/a.cpp", "#include \"schema/b.h\""),
        ("schema/zonefile/a.cpp", "#include <ldns/ldns.h>"),
        ("compiler/output/a.cpp", "#include <sys/stat.h>"),
        ("schema/a.h", "#include <string_view>"),
    ]
    as_found = lambda line: complaint(line[0], *INCLUDE.match(line[1]).groups())
    return all(map(as_found, wrong)) and not any(map(as_found, right))


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    if not check_itself():
        print("the check does not see what it has to", file=sys.stderr)
        return 1
    root = pathlib.Path(sys.argv[1])
    files = sorted(
        path
        for layer in LAYERS
        for path in (root / layer).rglob("*")
        if path.suffix in (".h", ".cpp") and "node_modules" not in path.parts
    )
    wrong = sum(
        check(str(path.relative_to(root)), path.read_text(encoding="utf-8")) for path in files
    )
    print(f"{len(files)} files, {wrong} wrong includes")
    return 0 if files and wrong == 0 else 1


sys.exit(main())
