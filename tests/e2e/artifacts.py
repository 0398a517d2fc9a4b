"""What the end-to-end tests of single artifacts share: compiling a spec, and texts that some
language takes for more than text. Run a test by hand with the fedgate binary as its argument."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCE_DIR = pathlib.Path(os.environ.get("FEDGATE_SOURCE_DIR", HERE.parent.parent))

HOSTILE = [
    "plain", "it's", "'", "''", '"', '""', "`", "```", "a|b", "\\", "\\\\", "ends\\",
    "\u2018a", "\u2019a", "\u201aa", "\u201ba", "\u201ca", "\u201da", "\u201ea",
    "\u2018\u2019\u201a\u201b'", "'; Remove-Item c:\\ -Recurse #",
    "\u2019; Remove-Item c:\\ -Recurse #", "$(whoami)", "`$x", "${ENV::PATH}", "$ENV::HOME", "$HOME",
    "a;b", "; comment", "# comment", "#requires -Version 9", "#>", "<#", "]]", "]]>", '"@', "'@",
    "%", "%%", "%path%", "a&b", "&amp;", "<script>", " leading", "trailing ", "  both  ",
    "two  blanks", "a,b", "O=x,CN=evil", "CN=evil+OU=x", "a+b", "=", "#AB", "/CN=evil",
    ".include /etc/passwd", "@section", "\\r\\n", "\\x41", "{0}", "\u2013dash", "\u00e9",
    "\u65e5\u672c\u8a9e", "\U0001f600", "\u00e9" * 16 + "\u03a9" * 16 + "\u65e5" * 16 + "\U0001f600" * 16,
]


def need(*tools):
    """Ends the test as skipped unless every command is there."""
    for tool in tools:
        if shutil.which(tool) is None:
            print(f"missing: {tool}", file=sys.stderr)
            sys.exit(77)


def need_npm_packages():
    """The same for the packages of package.json."""
    need("node")
    if not (HERE / "node_modules" / "web-tree-sitter").is_dir():
        print("missing: the packages of tests/e2e/package.json", file=sys.stderr)
        sys.exit(77)


def fail(reason):
    print(f"FAILED: {reason}", file=sys.stderr)
    sys.exit(1)


def expect_equal(what, actual, expected):
    if actual != expected:
        fail(f"{what}: {actual!r} instead of {expected!r}")


def run(*command, status=0):
    """The standard output of a command that has to exit with `status`."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    if done.returncode != status:
        fail(f"exit status {done.returncode} of {command}: {done.stderr.decode()}{done.stdout.decode()}")
    return done.stdout


def gateway(**more):
    """The gateway section that the tests share."""
    return {"name": "edge", "domains": ["contoso.com"], "access_edge": {"fqdn": "sip.contoso.com"}} | more


def write_spec(spec, path):
    """Writes a spec, given as a dictionary, as JSON."""
    source = pathlib.Path(path)
    source.write_text(json.dumps({"fedgate": 1} | spec), encoding="utf-8")
    return source


def compile_spec(spec, folder):
    """Compiles a spec, given as a dictionary, into `folder`; the binary is the test's argument."""
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} FEDGATE", file=sys.stderr)
        sys.exit(2)
    source = write_spec(spec, f"{folder}.json")
    run(sys.argv[1], "compile", "-o", folder, source)
    return pathlib.Path(folder)
