#!/usr/bin/python3
"""Every report format is read by what it is for: SARIF by the official validator and types, GitLab's Code
Quality by the published types of its format, JUnit by a real reader, JSON by its own schema. Each
reader also has to refuse a broken report, so that the test can fail. Debian's own interpreter runs it,
which has the Debian package junitparser."""

import json
import os
import pathlib
import stat
import subprocess
import sys

import artifacts
from artifacts import HERE, HOSTILE, SOURCE_DIR, expect_equal, fail, run

try:
    import junitparser
except ImportError:
    print("missing: python3-junitparser", file=sys.stderr)
    sys.exit(77)

MODULES = HERE / "node_modules"
MULTITOOL = MODULES / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
DAY = "2026-11-22"


def specs():
    """Every sample, and a spec with all that formats escape, with waivers, fixes and a hostile name."""
    paths = [SOURCE_DIR / "samples" / "contoso", *sorted((SOURCE_DIR / "samples" / "invalid").glob("*.yaml"))]
    hostile = pathlib.Path("ho stile,%:") / "<a>&'\u00fc.yaml"
    hostile.parent.mkdir()
    partners = [{"domain": f"p{i}.example", "type": "federated", "dialback": True, "description": text,
                 **({"waive": [{"rule": "NEG001", "reason": f"x{text}x"}]} if i % 2 else {})}
                for i, text in enumerate(HOSTILE)]
    partners += [{"domain": f"q{i}.example", "type": text, "tls": "Required"} for i, text in enumerate(HOSTILE)]
    hostile.write_text(json.dumps({"fedgate": 1, "gateway": artifacts.gateway(), "partners": partners},
                                  ensure_ascii=False), encoding="utf-8")
    waived = pathlib.Path("waived.yaml")
    waived.write_text(json.dumps({"fedgate": 1, "gateway": artifacts.gateway(), "partners": [
        partner for partner in partners if partner["domain"].startswith("p")]}, ensure_ascii=False), encoding="utf-8")
    broken = pathlib.Path("broken.yaml")
    broken.write_text("partners: [\n\tx", encoding="utf-8")
    return [*paths, hostile.parent, waived, broken]


def check(spec, form, *options):
    done = subprocess.run([sys.argv[1], "check", "--as-of", DAY, "--format", form, *options, str(spec)],
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        fail(f"{form} of {spec}: {done.stderr.decode()}")
    return done.stdout


def validate_sarif(paths):
    """What the validator of the SARIF SDK says of grade error or warning, by file."""
    if os.access(MULTITOOL, os.F_OK) and not os.access(MULTITOOL, os.X_OK):
        MULTITOOL.chmod(MULTITOOL.stat().st_mode | stat.S_IXUSR)
    env = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
                        "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(pathlib.Path("bundle").absolute())}
    out = pathlib.Path("validation.json")
    done = subprocess.run([MULTITOOL, "validate", *paths, "-o", out, "--level", "Error;Warning",
                           "--log", "ForceOverwrite"], capture_output=True, check=False, env=env)
    if f"{len(paths)} file" not in done.stdout.decode():
        fail(f"the SARIF validator did not scan all files: {done.stdout.decode()}{done.stderr.decode()}")
    found = {}
    for run_of_validator in json.loads(out.read_text(encoding="utf-8-sig"))["runs"]:
        for result in run_of_validator.get("results", []):
            if result.get("level", "warning") in ("error", "warning"):
                uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                found.setdefault(uri.rpartition("/")[2], []).append(f"{result['ruleId']}: {result['message']}")
    return found


def test_sarif(all_specs):
    paths = []
    for number, spec in enumerate(all_specs):
        paths.append(pathlib.Path(f"{number}.sarif"))
        paths[-1].write_bytes(check(spec, "sarif"))
    baseline = pathlib.Path("baseline.json")
    check(all_specs[-2], "human", "--write-baseline", baseline)
    paths.append(pathlib.Path("baseline.sarif"))
    paths[-1].write_bytes(check(all_specs[-2], "sarif", "--baseline", baseline))
    states = {one["baselineState"] for one in json.loads(paths[-1].read_text())["runs"][0]["results"]
              if "suppressions" not in one}
    expect_equal("states", states, {"unchanged"})
    complaints = validate_sarif(paths)
    if complaints:
        fail(f"the SARIF validator complains: {complaints}")
    log = json.loads(paths[0].read_text())
    log["runs"][0]["results"] = [{"ruleId": "X", "ruleIndex": 4000, "message": {"text": "X."}}]
    broken = pathlib.Path("wrong.sarif")
    broken.write_text(json.dumps(log))
    if "wrong.sarif" not in validate_sarif([broken]):
        fail("the SARIF validator accepts a wrong index")
    # The validator knows the meaning; the types of the format know each member and word.
    logs = [json.loads(path.read_text()) for path in paths]
    errors = type_errors("logs", SARIF, logs)
    if errors:
        fail(errors)
    logs[0]["runs"][0]["results"] = [{"ruleId": "X", "message": {"text": "X."}, "level": "grave"}]
    if "grave" not in type_errors("wrong", SARIF, logs[:1]):
        fail("the types accept a wrong level")


SARIF = "import type {Log} from 'sarif';\ntype Report = Log;\n"
ISSUES = "import type {Issue} from 'codeclimate-types';\ntype Report = Issue & {fingerprint: string};\n"


def type_errors(name, types, reports):
    """What the TypeScript compiler says of a list of reports."""
    path = HERE / f".{name}-{os.getpid()}.ts"
    path.write_text(f"{types}export const reports: Report[] = {json.dumps(reports)};\n", encoding="utf-8")
    try:
        done = subprocess.run(["node", MODULES / "typescript" / "bin" / "tsc", "--noEmit", "--strict",
                               "--ignoreConfig", "--skipLibCheck", "--module", "nodenext", path],
                              capture_output=True, check=False)
        return done.stdout.decode()
    finally:
        path.unlink()


def test_gitlab(all_specs):
    issues = []
    for spec in all_specs:
        report = json.loads(check(spec, "gitlab"))
        prints = [issue["fingerprint"] for issue in report]
        expect_equal(f"fingerprints of {spec}", len(set(prints)), len(prints))
        for issue in report:
            # GitLab's own documentation, beside the types: one line, a relative path.
            if "\n" in issue["description"] or issue["location"]["path"].startswith("./"):
                fail(f"description or path: {issue}")
        issues += report
    if len(issues) < 50:
        fail("too few issues to tell")
    errors = type_errors("issues", ISSUES, issues)
    if errors:
        fail(errors)
    if "grave" not in type_errors("wrong", ISSUES, [issues[0] | {"severity": "grave"}]):
        fail("the types accept a wrong severity")


def test_junit(all_specs):
    for number, spec in enumerate(all_specs):
        path = pathlib.Path(f"{number}.xml")
        path.write_bytes(check(spec, "junit", "--fail-on", "warning"))
        report = json.loads(check(spec, "json"))
        xml = junitparser.JUnitXml.fromfile(str(path))
        failed = {(finding.get("file", "fedgate"), finding["code"]) for finding in report["findings"]
                  if finding["severity"] != "info"}
        cases = [(suite.name, case) for suite in xml for case in suite]
        seen = {(name, case.name.split()[0]) for name, case in cases
                if any(isinstance(result, junitparser.Failure) for result in case.result)}
        expect_equal(f"failures of {spec}", seen, failed)
        expect_equal(f"tests of {spec}", xml.tests, len(cases))
        expect_equal(f"failures counted of {spec}", xml.failures, len(failed))
        xml.update_statistics()
        expect_equal(f"failures recounted of {spec}", xml.failures, len(failed))
        # Every reason comes back as it was written.
        told = "".join((case.system_out or "") + "".join(result.text or "" for result in case.result)
                       for _, case in cases)
        for waived in report["waived"]:
            if f"waived ({waived['reason']}): " not in told:
                fail(f"{waived['reason']!r} of {spec} is not in the report")


def test_json(all_specs):
    schema = pathlib.Path("report.schema.json")
    schema.write_bytes(run(sys.argv[1], "schema", "report"))
    paths = []
    for number, spec in enumerate(all_specs):
        paths.append(pathlib.Path(f"{number}.json"))
        paths[-1].write_bytes(check(spec, "json"))
    paths.append(pathlib.Path("known.json"))
    paths[-1].write_bytes(check(all_specs[-2], "json", "--baseline", "baseline.json"))
    run("node", HERE / "validate_json.mjs", schema, *paths)
    report = json.loads(paths[-3].read_text())
    if not any("fix" in finding for finding in json.loads(paths[-4].read_text())["findings"]):
        fail("no fix in the report")
    for wrong in (report | {"extra": 1}, report | {"findings": [{}]}, report | {"version": 2}):
        path = pathlib.Path("wrong.json")
        path.write_text(json.dumps(wrong))
        run("node", HERE / "validate_json.mjs", schema, path, status=1)


def test_github(all_specs):
    for spec in all_specs:
        text = check(spec, "github").decode()
        report = json.loads(check(spec, "json"))
        lines = text.splitlines()
        expect_equal(f"commands of {spec}", len(text.split("\n")) - 1,
                     len(report["findings"]) + len(report["waived"]))
        for line in lines:
            if not line.startswith(("::error ", "::warning ", "::notice ")):
                fail(f"no workflow command: {line}")


def main():
    artifacts.need_npm_packages()
    for package in ("@types/sarif", "codeclimate-types", "typescript", "@microsoft/sarif-multitool-linux"):
        if not (MODULES / package).is_dir():
            print(f"missing: {package}", file=sys.stderr)
            sys.exit(77)
    all_specs = specs()
    test_sarif(all_specs)
    test_gitlab(all_specs)
    test_junit(all_specs)
    test_json(all_specs)
    test_github(all_specs)


main()
