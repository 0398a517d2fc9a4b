"""What the tests of `compile -o` share: two specs that differ in every artifact, and the check that a folder is wholly
what one of them compiles to. A module, not a test."""

import hashlib
import json
import pathlib
import subprocess

SPEC = """\
fedgate: 1
gateway:
  name: {name}
  platform: lync_server_2013
  domains: [contoso.com]
  access_edge:
    fqdn: sip.contoso.com
    addresses: [198.51.100.{version}]
partners:
{partners}
certificates:
  - name: external-edge
    issuer: {{trust: public}}
    subject: {{common_name: sip.contoso.com, organization: Contoso {version}, country: US}}
    key: {{algorithm: rsa, bits: 2048}}
dns:
  zones:
    - name: contoso.com
      ttl: {version}h
"""

PARTNER = "  - {{domain: partner{number}-{version}.example, type: federated, tls: required, sasl: required}}"


def write_spec(path, version, partners, driver):
    """A spec file of this version. The driver of the unit tests reads three numbers instead."""
    if driver:
        path.write_text(f"{version} {max(partners // 4, 3)} 20000\n", encoding="utf-8")
        return
    lines = (PARTNER.format(number=number, version=version) for number in range(partners))
    text = SPEC.format(name=f"edge-{version}", version=version, partners="\n".join(lines))
    path.write_text(text, encoding="utf-8")


def command(binary, folder, spec):
    return [str(binary), "compile", "-o", str(folder), str(spec)]


def compile_whole(binary, folder, spec):
    """The manifest of an undisturbed compilation."""
    done = subprocess.run(command(binary, folder, spec), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the undisturbed compilation fails with {done.returncode}: {done.stderr}{done.stdout}")
    return (folder / "manifest.json").read_bytes()


def files_of(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def defect_of(folder, manifests):
    """Why the folder is not wholly one of the manifests' compilations, or None."""
    if not folder.is_dir():
        return "the folder is missing"
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return "the manifest is missing"
    if manifest.read_bytes() not in manifests:
        return "the manifest is neither the old nor the new one"
    listed = json.loads(manifest.read_bytes())["artifacts"]
    if not listed:
        return "the manifest lists nothing"
    expected = {artifact["path"] for artifact in listed} | {"manifest.json"}
    if files_of(folder) != expected:
        return f"other files than listed: {sorted(files_of(folder) ^ expected)}"
    for artifact in listed:
        content = (folder / artifact["path"]).read_bytes()
        if len(content) != artifact["size"]:
            return f"{artifact['path']} has another size than listed"
        if hashlib.sha256(content).hexdigest() != artifact["sha256"]:
            return f"{artifact['path']} has another content than listed"
    return None


def siblings_of(folder):
    """What stands beside the folder: left-overs of runs."""
    return sorted(path.name for path in pathlib.Path(folder).parent.iterdir() if path != folder)
