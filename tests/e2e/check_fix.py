#!/usr/bin/env python3
"""`check --fix`, `--diff`, `--baseline` and `--write-baseline` as a user runs them: exit status, what
is written, and what is left alone."""

import json
import os
import pathlib
import stat
import subprocess
import sys

from artifacts import expect_equal, fail

SPEC = """\
# Our side.
fedgate: 1
gateway:
  name: edge
  domains: [contoso.com]

  access_edge: {fqdn: sip.contoso.com}
partners:
  - domain: a.example.   # the root's dot
    type: Federated
    dialback: yes
"""
FIXED = SPEC.replace("a.example.", "a.example").replace("Federated", "federated").replace("yes", "false")


def check(*arguments, status, given=None):
    done = subprocess.run([sys.argv[1], "check", "--as-of", "2026-11-22", *map(str, arguments)],
                          capture_output=True, check=False, input=given)
    if done.returncode != status:
        fail(f"exit status {done.returncode} of {arguments}: {done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode(), done.stderr.decode()


def test_diff():
    spec = pathlib.Path("spec.yaml")
    spec.write_text(SPEC)
    diff, said = check("--fix", "--diff", spec, status=1)
    expect_equal("the file", spec.read_text(), SPEC)
    if "4 findings in 1 file can be fixed" not in said:
        fail(said)
    pathlib.Path("copy").mkdir()
    pathlib.Path("copy/spec.yaml").write_text(SPEC)
    subprocess.run(["patch", "-p1", "-s", "-d", "copy"], input=diff.encode(), check=True)
    expect_equal("the patched file", pathlib.Path("copy/spec.yaml").read_text(), FIXED)
    check("--fix", "--diff", "copy/spec.yaml", status=0)
    # Standard input can be looked at and not be written.
    from_input, _ = check("--fix", "--diff", "-", status=1, given=SPEC.encode())
    if "+  - domain: a.example   #" not in from_input:
        fail(from_input)
    check("--fix", "-", status=2, given=SPEC.encode())
    check("--diff", spec, status=2)


def test_fix():
    spec = pathlib.Path("federation")
    spec.mkdir()
    real = spec / ".elsewhere.yaml"
    real.write_text(SPEC)
    real.chmod(0o640)
    (spec / "linked.yaml").symlink_to(".elsewhere.yaml")
    (spec / "partners.yml").write_text("partners:\n- {domain: b.example, type: federated, tls: Required} # b\n")
    _, said = check("--fix", spec, status=0)
    if "fixed 5 findings in 2 files" not in said:
        fail(said)
    expect_equal("the linked file", real.read_text(), FIXED)
    expect_equal("the mode", stat.S_IMODE(real.stat().st_mode), 0o640)
    expect_equal("the link", (spec / "linked.yaml").is_symlink(), True)
    expect_equal("the other file", (spec / "partners.yml").read_text(),
                 "partners:\n- {domain: b.example, type: federated, tls: required} # b\n")
    expect_equal("the folder", sorted(os.listdir(spec)),
                 [".elsewhere.yaml", "linked.yaml", "partners.yml"])
    _, said = check("--fix", spec, status=0)
    if "fixed 0 findings in 0 files" not in said:
        fail(said)
    pathlib.Path("outside.yaml").write_text("password: hunter2")
    (spec / "more.yaml").symlink_to("../outside.yaml")
    _, said = check(spec, status=2)
    if "is a link to a file outside of its folder" not in said or "hunter2" in said:
        fail(said)


def test_left_findings():
    spec = pathlib.Path("left.yaml")
    spec.write_text(SPEC.replace("Federated", "friend"))
    out, _ = check("--fix", spec, status=1)
    if "`friend` is not" not in out or "a.example." in spec.read_text():
        fail(out)


def test_unwritable():
    folder = pathlib.Path("locked")
    folder.mkdir()
    (folder / "spec.yaml").write_text(SPEC)
    # A folder in the place of the new file stands for every failure to write; root may do anything else.
    blocker = subprocess.run(["sh", "-c", 'mkdir "locked/.spec.yaml.fedgate-$$"; exec "$0" check --fix locked',
                              sys.argv[1]], capture_output=True, check=False)
    expect_equal("exit status", blocker.returncode, 3)
    expect_equal("the file", (folder / "spec.yaml").read_text(), SPEC)


def test_baseline():
    spec = pathlib.Path("known.yaml")
    partner = "  - {domain: %s, type: federated, tls: not_supported, sasl: required}\n"
    text = SPEC[:SPEC.index("  - domain")] + partner % "a.example"
    spec.write_text(text)
    _, said = check("--write-baseline", "baseline.json", spec, status=0)
    if "wrote 1 finding to baseline.json" not in said:
        fail(said)
    entries = json.loads(pathlib.Path("baseline.json").read_text())["findings"]
    expect_equal("codes", [entry["code"] for entry in entries], ["NEG002"])
    spec.write_text("# moved\n\n" + text)
    out, _ = check("--baseline", "baseline.json", "--write-baseline", "second.json", spec, status=0)
    if "1 of the baseline known, 0 gone" not in out:
        fail(out)
    expect_equal("the second baseline", len(json.loads(pathlib.Path("second.json").read_text())["findings"]), 1)
    spec.write_text(text + partner % "b.example")
    out, _ = check("--baseline", "baseline.json", spec, status=1)
    if "`b.example`" not in out or "`a.example`" in out:
        fail(out)
    # What cannot be read is never known.
    spec.write_text(SPEC)
    check("--write-baseline", "unread.json", spec, status=1)
    check("--baseline", "unread.json", spec, status=1)
    # The same file under another path to the same place.
    spec.write_text(text)
    check("--baseline", "baseline.json", spec.absolute(), status=0)
    for wrong in ("missing.json", ".", spec):
        check("--baseline", wrong, spec, status=2)
    pathlib.Path("other.json").write_text(check("--format", "json", spec, status=1)[0])
    check("--baseline", "other.json", spec, status=2)


def main():
    test_diff()
    test_fix()
    test_left_findings()
    test_unwritable()
    test_baseline()


main()
