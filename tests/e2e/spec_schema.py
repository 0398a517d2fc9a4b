#!/usr/bin/env python3
"""Every spec whose structure fedgate accepts is valid by the schema that it prints for editors, and the schema
names the same mistakes: unknown keys, wrong words, wrong types, numbers out of bounds."""

import json
import pathlib
import subprocess
import sys

import artifacts
from artifacts import run

VALIDATOR = artifacts.HERE / "validate_json.mjs"

# A spec's part that is wrong, and the pointer that the validator names for it.
WRONG = [
    ("gatewai: {name: edge}", "/"),
    ("fedgate: 2", "/fedgate"),
    ("gateway: {name: Upper, domains: [a.example], access_edge: {fqdn: sip.a.example}}", "/gateway/name"),
    ("gateway: {platform: other}", "/gateway/platform"),
    ("gateway: {domains: []}", "/gateway/domains"),
    ("gateway: {access_edge: {fqdn: sip.a.example, port: 0}}", "/gateway/access_edge/port"),
    ("gateway: {access_edge: {fqdn: sip.a.example, port: 65536}}", "/gateway/access_edge/port"),
    ("gateway: {dialback_passphrase: literal}", "/gateway/dialback_passphrase"),
    ("gateway: {log_message_bodies: 'true'}", "/gateway/log_message_bodies"),
    ("gateway: {keep_alive_interval: soon}", "/gateway/keep_alive_interval"),
    ("partners: [{domain: a.example, type: federated, tls: Required}]", "/partners/0/tls"),
    ("partners: [{domain: a.example, type: federated, dialback: 'yes'}]", "/partners/0/dialback"),
    ("partners: [{domain: a.example, type: friend}]", "/partners/0/type"),
    ("partners: [{type: federated}]", "/partners/0"),
    ("partners: [{domain: a.example, type: federated, agreement_until: 30.6.2027}]",
     "/partners/0/agreement_until"),
    ("certificates: [{name: edge, key: {algorithm: dsa}}]", "/certificates/0/key/algorithm"),
    ("dns: {zones: [{name: a.example, priority: 70000}]}", "/dns/zones/0/priority"),
]


def main():
    artifacts.need_npm_packages()
    fedgate = sys.argv[1]
    schema = pathlib.Path("spec.schema.json")
    schema.write_bytes(run(fedgate, "schema", "spec"))
    run(fedgate, "init", "started")
    specs = sorted([*(artifacts.SOURCE_DIR / "samples").glob("*/*.yaml"),
                    *(artifacts.SOURCE_DIR / "tests" / "golden").glob("*/*.yaml"),
                    *pathlib.Path("started").rglob("*.yaml")])
    accepted = [path for path in specs if is_well_formed(fedgate, path)]
    if len(accepted) < 40:
        artifacts.fail(f"only {len(accepted)} specs to look at")
    run("node", VALIDATOR, schema, *accepted)

    files = []
    for number, (text, _) in enumerate(WRONG):
        files.append(pathlib.Path(f"wrong{number:02}.yaml"))
        files[-1].write_text(text + "\n", encoding="utf-8")
    done = subprocess.run(["node", VALIDATOR, schema, *files], capture_output=True, check=False)
    artifacts.expect_equal("exit status", done.returncode, 1)
    lines = done.stderr.decode().splitlines()
    missed = [(text, pointer) for path, (text, pointer) in zip(files, WRONG)
              if not any(line.startswith(f"{path}: {pointer}: ") for line in lines)]
    artifacts.expect_equal("missed", missed, [])


def is_well_formed(fedgate, path):
    """Whether fedgate has nothing to say about the structure of the spec, whatever its rules say."""
    done = subprocess.run([fedgate, "check", "--format", "json", path], capture_output=True, check=False)
    if done.returncode == 2:
        return False  # A rule pack, which is no spec.
    codes = [finding["code"][:3] for finding in json.loads(done.stdout)["findings"]]
    return not {"YML", "SPC", "PCK"} & set(codes)


main()
