#!/usr/bin/env python3
"""gateway.json is valid by the schema that fedgate prints, and the schema is strict enough to tell."""

import copy
import json
import subprocess
import sys

import artifacts
from artifacts import HOSTILE, run

VALIDATOR = artifacts.HERE / "validate_json.mjs"


def main():
    artifacts.need_npm_packages()
    partners = [{"domain": f"p{number}.example", "type": kind, "description": text, "tls": "required",
                 "sasl": "optional", "dialback": True, "agreement_until": "2027-06-30",
                 "peer": {"tls": "optional", "sasl": "not_supported", "dialback": True}}
                for number, text in enumerate(HOSTILE)
                for kind in [("federated", "public_verified", "public_unverified")[number % 3]]]
    full = artifacts.compile_spec({
        "gateway": artifacts.gateway(
            domains=["b\u00fccher.example"],
            access_edge={"fqdn": "sip.contoso.com", "addresses": ["203.0.113.10", "2001:db8::10"]},
            web_conferencing_edge={"fqdn": "webcon.contoso.com"}, dialback_passphrase={"env": "SECRET"}),
        "partners": partners,
        "certificates": [{"name": "edge-cert"}],
    }, "full") / "gateway.json"
    small = artifacts.compile_spec({"gateway": artifacts.gateway()}, "small") / "gateway.json"
    schema = artifacts.pathlib.Path("gateway.schema.json")
    schema.write_bytes(run(sys.argv[1], "schema", "gateway"))
    run("node", VALIDATOR, schema, full, small)

    good = json.loads(full.read_text(encoding="utf-8"))

    def broken(change):
        document = copy.deepcopy(good)
        change(document)
        return document

    documents = [
        broken(lambda it: it.update(extra=1)),
        broken(lambda it: it.pop("unicode")),
        broken(lambda it: it["gateway"].update(platform="other")),
        broken(lambda it: it["gateway"].update(posh=True)),
        broken(lambda it: it["gateway"]["access_edge"].update(port=0)),
        broken(lambda it: it["gateway"]["access_edge"].update(addresses=["x"])),
        broken(lambda it: it["gateway"].update(dialback_passphrase="literal")),
        broken(lambda it: it["partners"][0].update(domain="UPPER.example")),
        broken(lambda it: it["partners"][0].update(tls="maybe")),
        broken(lambda it: it["partners"][0].pop("dialback")),
        broken(lambda it: it["partners"][0].pop("agreed_methods")),
        broken(lambda it: it["partners"][0].update(methods=["none"])),
    ]
    paths = []
    for number, document in enumerate(documents):
        paths.append(artifacts.pathlib.Path(f"broken{number}.json"))
        paths[-1].write_text(json.dumps(document), encoding="utf-8")
    done = subprocess.run(["node", VALIDATOR, schema, *paths], capture_output=True, check=False)
    artifacts.expect_equal("exit status", done.returncode, 1)
    accepted = [path for path in paths if f"{path}: " not in done.stderr.decode()]
    artifacts.expect_equal("accepted", accepted, [])


main()
