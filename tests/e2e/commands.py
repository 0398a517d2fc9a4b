#!/usr/bin/env python3
"""Every command as a user runs it: exit status, what goes to standard output and what to standard
error, and that output in JSON is JSON."""

import json
import pathlib
import subprocess
import sys

import artifacts
from artifacts import expect_equal, fail

SAMPLES = artifacts.SOURCE_DIR / "samples"
GOOD = str(SAMPLES / "contoso")
BAD = str(SAMPLES / "invalid" / "invalid-not-supported-required-no-dialback.yaml")
PHASES = ["yaml", "spec", "model", "facts", "plan"]


class Runner:
    def __init__(self, fedgate):
        self.fedgate = fedgate

    def __call__(self, *arguments, status=0, text=None):
        """(standard output, standard error) of a run that has to exit with `status`."""
        done = subprocess.run([self.fedgate, *arguments], input=text, text=True, encoding="utf-8",
                              stdin=subprocess.DEVNULL if text is None else None,
                              capture_output=True, check=False, timeout=60)
        if done.returncode != status:
            fail(f"exit status {done.returncode}, not {status}, of {arguments}: {done.stderr}")
        return done.stdout, done.stderr


def expect_in(part, text):
    if part not in text:
        fail(f"no {part!r} in {text!r}")


def commands_of(run):
    """The names that `--help` lists."""
    lines = run("--help")[0].split("Subcommands:")[1].splitlines()
    return [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]


def check_help(run):
    names = commands_of(run)
    for name in ["check", "compile", "dump", "emit", "eval", "explain", "init", "negotiate", "rules",
                 "schema", "show"]:
        expect_in(name, names)
    for name in names:
        out, err = run(name, "--help")
        expect_in(name, out)
        expect_equal(f"standard error of {name} --help", err, "")
        expect_equal(f"version of {name}", run(name, "--version")[0], run("--version")[0])
    expect_in("fedgate ", run("--version")[0])


def check_statuses(run):
    run("check", GOOD)
    expect_in("NEG002", run("check", BAD, status=1)[0])
    for arguments in [[], ["chekc"], ["check", "--fail-on", "never"], ["check", "missing.yaml"],
                      ["check", "."], ["explain", "NEG999"], ["negotiate", "--ours", "required"],
                      ["compile", GOOD], ["emit", "zone", "other.example", GOOD],
                      ["check", "--as-of", "2026-02-30", GOOD], ["schema", "other"]]:
        out, err = run(*arguments, status=2)
        expect_equal(f"standard output of {arguments}", out, "")
        if not err.strip():
            fail(f"{arguments} says nothing")
    expect_in("NEG002", run("explain", "NEG02", status=2)[1])
    for arguments, told in [
            (["chekc"], "`chekc` is no command of `fedgate`; did you mean `check`?"),
            (["show", "partnr"], "`partnr` is no command of `fedgate show`; did you mean `partners`?"),
            (["show"], "`fedgate show` is followed by one of partners, "),
            (["check", "--fial-on", "error"], "`--fial-on` is no option of `fedgate check`; did you mean `--fail-on`?"),
            (["rules", "--format", "csv"], "`csv` is not `json`"),
            (["explain"], "code is required"),
            # An empty variable of a CI job is not the absence of the option.
            (["check", "--as-of", "", GOOD], "--as-of: the value is empty"),
            (["check", "--baseline", "", GOOD], "--baseline: the value is empty"),
            (["compile", "-o", "out", "--platform", "", GOOD], "--platform: the value is empty"),
            (["negotiate", "--ours", ""], "--ours: the value is empty"),
            (["emit", "gateway", "other-edge", GOOD], "the spec has no gateway `other-edge`; it has `contoso-edge`")]:
        expect_in(told, run(*arguments, status=2)[1])
    # An example with its files, and no name of an anchor.
    explained = run("explain", "DNS001")[0]
    expect_in("    zone.db:\n      $TTL 3600\n", explained)
    expect_in("    edge.pem: {certificate: {", run("explain", "CRT021")[0])
    listed = json.loads(run("rules", "--format", "json")[0])
    aliases = [example for rule in listed for example in rule.get("examples", ()) if "*with" in str(example)]
    expect_equal("examples that are aliases", aliases, [])
    # A finding without a rule has no switch.
    for code, told in [("WVR002", "lowered; see"), ("SPC001", "lowered: nothing can be built")]:
        expect_in(told, run("check", "--disable", code, GOOD, status=2)[1])
    # Every word that an option takes, and the one that is meant.
    expect_in("`jason` is not `github`, `gitlab`, `human`, `json`, `junit` or `sarif`; did you mean `json`?",
              run("check", "--format", "jason", status=2)[1])
    expect_in("`never` is not `error`, `info` or `warning`", run("check", "--fail-on", "never", status=2)[1])
    expect_in("`xml` is not `json`, `markdown` or `table`", run("rules", "--format", "xml", status=2)[1])


def check_names_and_files(run):
    """A name where the contract has one, and files that are left alone."""
    for what in ["gateway", "script"]:
        expect_equal(what, run("emit", what, "contoso-edge", GOOD)[0], run("emit", what, GOOD)[0])
    pack = pathlib.Path("only-rules.yaml")
    pack.write_text("pack: local\nrules: []\n", encoding="utf-8")
    expect_in("there is no spec", run("check", str(pack), status=2)[1])
    expect_in("holds no rule pack", run("check", "--rules", GOOD, GOOD, status=2)[1])
    run("check", "--rules", str(pack), GOOD, str(pack))
    expect_in("is no baseline", run("check", GOOD, "--write-baseline", str(pack), status=2)[1])
    expect_equal("the pack", pack.read_text(encoding="utf-8"), "pack: local\nrules: []\n")
    for _ in range(2):
        run("check", BAD, "--write-baseline", "known.json")
    run("check", BAD, "--baseline", "known.json")


def check_standard_input(run):
    spec = (SAMPLES / "contoso" / "federation.yaml").read_text(encoding="utf-8")
    run("check", "-", text=spec)
    run("check", "-", text=spec.replace("\nfedgate: 1", "\nfedgate: 2"), status=1)


def check_json(run):
    for arguments, status in [(["check", "--format", "json", GOOD], 0),
                              (["check", "--format", "json", BAD], 1),
                              (["negotiate", "--format", "json"], 0),
                              (["rules", "--format", "json"], 0),
                              (["show", "partners", "--format", "json", GOOD], 0),
                              (["show", "names", "--format", "json", GOOD], 0),
                              (["schema", "spec"], 0), (["schema", "gateway"], 0),
                              (["emit", "gateway", GOOD], 0)]:
        json.loads(run(*arguments, status=status)[0])
    rows = json.loads(run("negotiate", "--format", "json")[0])
    expect_equal("rows of the matrix", len(rows), 18)
    expect_equal("a row", {key: rows[0][key] for key in ["tls", "dialback", "methods"]},
                 {"tls": "required", "dialback": True, "methods": ["sasl_tls"]})
    partner = json.loads(run("show", "partners", "--format", "json", GOOD)[0])[0]
    expect_equal("additional domains", type(partner["additional_domains"]), list)
    expect_equal("agreed methods without `peer`", partner["agreed_methods"], None)
    for expression, value in [("partner.dialback", True), ("partner.methods.size()", 2),
                              ("partner.methods", partner["methods"]), ("partner.tls", "required")]:
        row = json.loads(run("eval", expression, "--format", "json", GOOD)[0])[1]
        expect_equal(expression, row["value"], value)


def check_phases(run):
    texts = [run("dump", "--phase", phase, GOOD)[0] for phase in PHASES]
    for phase, text in zip(PHASES, texts):
        expect_in("fabrikam.com", text)
        expect_equal(f"phases with the text of {phase}", texts.count(text), 1)
    expect_equal("plan of an invalid spec", run("dump", "--phase", "plan", BAD, status=1)[0], "")


def check_round_trip(run):
    run("init", "started")
    run("check", "started")
    run("compile", "-o", "out", "started")
    run("compile", "-o", "out", "--check", "started")
    script = pathlib.Path("out/lync/apply.ps1")
    script.write_text(script.read_text(encoding="utf-8") + "# by hand\n", encoding="utf-8")
    expect_in("-# by hand", run("compile", "-o", "out", "--check", "started", status=1)[0])
    pathlib.Path("out/mine.txt").write_text("mine", encoding="utf-8")
    expect_in("mine.txt", run("compile", "-o", "out", "started", status=2)[1])
    expect_equal("foreign file", pathlib.Path("out/mine.txt").read_text(encoding="utf-8"), "mine")


def check_readme(run):
    """The README shows what the program says."""
    readme = (artifacts.SOURCE_DIR / "README.md").read_text(encoding="utf-8")
    relative = pathlib.Path(BAD).relative_to(artifacts.SOURCE_DIR)
    expect_in(run("check", BAD, status=1)[0].replace(BAD, str(relative)), readme)
    out, said = run("compile", "-o", "readme-out", GOOD)
    expect_in(out.splitlines()[-1], readme)
    expect_in(said.strip().replace("readme-out", "out"), readme)


def main():
    run = Runner(sys.argv[1])
    check_help(run)
    check_statuses(run)
    check_names_and_files(run)
    check_standard_input(run)
    check_json(run)
    check_phases(run)
    check_round_trip(run)
    check_readme(run)


main()
