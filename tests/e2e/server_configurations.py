#!/usr/bin/env python3
"""The loaders of Prosody and ejabberd read every configuration that fedgate writes for them without a
complaint, and come back with the spec's own values, whatever characters its texts have."""

import json
import pathlib
import shutil
import subprocess
import sys

import artifacts
import xmpp_lab as lab
from artifacts import HOSTILE, expect_equal, fail, run

GOLDEN = artifacts.SOURCE_DIR / "tests" / "golden" / "emit"

# Prosody's own configuration loader, with the options of `*` and of every host as JSON.
READ_PROSODY = """
local root, file = arg[1], arg[2]
package.path = root .. "/?.lua;" .. package.path
package.cpath = root .. "/?.so;" .. package.cpath
_G.prosody = { events = require "util.events".new(), paths = {}, platform = "posix" }
local manager, json = require "core.configmanager", require "util.json"
local ok, level, problem = manager.load(file, "lua")
if not ok then io.stderr:write(tostring(level), ": ", tostring(problem), "\\n") os.exit(1) end
local out = {}
for host, options in pairs(manager.getconfig()) do out[host] = options end
print(json.encode(out))
"""

# ejabberd's own configuration loader, as `ejabberdctl` starts it, with what it made of the options.
READ_EJABBERD = """
[{ok, _} = application:ensure_all_started(A) || A <- [fast_yaml, p1_utils, stringprep, idna, xmpp, fast_tls,
 cache_tab, pkix]],
application:load(ejabberd), application:load(mnesia),
case ejabberd_config:load() of
  ok ->
    Hex = fun(B) -> [io_lib:format("~2.16.0b", [C]) || <<C>> <= B] end,
    [io:format("@acl ~ts~n", [Hex(S)]) || {fedgate_partners, L} <- ejabberd_option:acl(), {server, S} <- L],
    [io:format("@host ~ts ~p ~p ~w ~w~n", [Hex(H), ejabberd_option:s2s_access(H), ejabberd_option:s2s_use_starttls(H),
       [M || {M, _, _} <- ejabberd_option:modules(H)], ejabberd_option:s2s_timeout(H)])
     || H <- ejabberd_option:hosts()],
    halt(0);
  Error -> io:format(standard_error, "~ts~n", [ejabberd_config:format_error(Error)]), halt(1)
end.
"""


def read_prosody(network, authority, folder, name):
    """The options of fedgate.cfg.lua in `folder`, as Prosody sees them; checked in a whole configuration."""
    server = lab.Prosody(name, network, authority, "", 'Include "fedgate.cfg.lua"\n')
    shutil.copy(folder / "fedgate.cfg.lua", server.folder)
    run("luac5.4", "-p", folder / "fedgate.cfg.lua")
    run("luac5.4", "-p", folder / "mod_fedgate_policy.lua")
    status, text = server.control("check", "config")
    if status != 0 or "warning" in text.lower() or "duplicate" in text.lower():
        fail(f"prosodyctl check config on {folder}: {text}")
    pathlib.Path("read.lua").write_text(READ_PROSODY, encoding="utf-8")
    return json.loads(run("lua5.4", "read.lua", lab.SERVERS / "root/usr/lib/prosody", folder / "fedgate.cfg.lua"))


def read_ejabberd(authority, file, hosts):
    """What ejabberd makes of the file: the partners, and the options of each host."""
    main = pathlib.Path("ejabberd.yml").resolve()
    main.write_text(f"hosts: {json.dumps(hosts, ensure_ascii=False)}\nmodules: {{mod_s2s_dialback: {{}}}}\n"
                    f"s2s_cafile: {authority.certificate}\ninclude_config_file: [{file.resolve()}]\n", encoding="utf-8")
    done = subprocess.run([str(lab.SERVERS / "bin/erl"), "-noinput", "-kernel", "logger_level", "critical", "-eval",
                           READ_EJABBERD], env={"EJABBERD_CONFIG_PATH": str(main), "PATH": "/usr/bin:/bin", "HOME": "/tmp",
                                                "ERL_CRASH_DUMP_BYTES": "0"}, capture_output=True, timeout=60, check=False)
    if done.returncode != 0:
        fail(f"ejabberd does not load {file}: {done.stderr.decode('utf-8', 'replace')}")
    partners, options = [], {}
    for line in done.stdout.decode("ascii", "replace").splitlines():
        word, *rest = line.split(" ")
        if word == "@acl":
            partners.append(bytes.fromhex(rest[0]).decode())
        elif word == "@host":
            options[bytes.fromhex(rest[0]).decode()] = rest[1:]
    return partners, options


def check_goldens(network, authority):
    configurations = sorted(GOLDEN.glob("*/prosody/fedgate.cfg.lua")), sorted(GOLDEN.glob("*/ejabberd/fedgate.yml"))
    if not all(configurations):
        fail("a platform has no golden")
    for number, file in enumerate(configurations[0]):
        options = read_prosody(network, authority, file.parent, f"golden{number}")
        expect_equal("modules_disabled", options["*"]["modules_disabled"], ["s2s"])
    for file in configurations[1]:
        hosts = json.loads((file.parent.parent / "gateway.json").read_text(encoding="utf-8"))
        unicode = hosts.get("unicode", {})
        names = [unicode.get(name, name) for name in hosts["gateway"]["domains"]]
        _, options = read_ejabberd(authority, file, [*names, "other.example"])
        expect_equal("access", [options[name][0] for name in names], ["fedgate_partners"] * len(names))
        expect_equal("access of another host", options["other.example"][0], "none")


def check_hostile(network, authority):
    domains = [f"p{number:02}.example" for number in range(len(HOSTILE))]
    partners = [{"domain": domain, "type": "federated", "description": text, "additional_domains": [f"chat.{domain}"]}
                for domain, text in zip(domains, HOSTILE)]
    spec = {"gateway": artifacts.gateway(platform="prosody"), "partners": partners}
    folder = artifacts.compile_spec(spec, "hostile-prosody") / "prosody"
    policy = read_prosody(network, authority, folder, "hostile")["*"]["fedgate_policy"]
    expect_equal("partners", [(one["domain"], one["description"], one["additional_domains"]) for one in policy["partners"]],
                 [(domain, text, [f"chat.{domain}"]) for domain, text in zip(domains, HOSTILE)])
    spec["gateway"]["platform"] = "ejabberd"
    folder = artifacts.compile_spec(spec, "hostile-ejabberd") / "ejabberd"
    found, options = read_ejabberd(authority, folder / "fedgate.yml", ["contoso.com"])
    expect_equal("partners", found, [name for domain in domains for name in (domain, f"chat.{domain}")])
    # Neither the global mod_s2s_dialback nor anything else is left where SASL is the only method.
    expect_equal("options", options, {"contoso.com": ["fedgate_partners", "required", "[]", "600000"]})


def check_deviations(authority):
    """Names that IDNA 2003, which both servers go by, takes for others: no partner becomes another one, and
    a domain of ours that would is refused."""
    for name in ("fa\u00df.example", "\u03b1\u03c2.example"):
        spec = {"gateway": artifacts.gateway(platform="ejabberd"), "partners": [{"domain": name, "type": "federated"}]}
        folder = artifacts.compile_spec(spec, "deviation") / "ejabberd"
        found, _ = read_ejabberd(authority, folder / "fedgate.yml", ["contoso.com"])
        expect_equal(f"partners for {name}", [one.startswith("xn--") for one in found], [True])
        for platform in ("prosody", "ejabberd"):
            source = artifacts.write_spec({"gateway": artifacts.gateway(platform=platform, domains=[name])}, "own.json")
            report = json.loads(run(sys.argv[1], "check", "--format", "json", source, status=1))
            expect_equal("codes", [one["code"] for one in report["findings"] if one["severity"] == "error"], ["EMT008"])


def check_secrets(network, authority):
    """The path of the secret is read where Prosody runs, and its line is the secret."""
    for number, text in enumerate(HOSTILE):
        path = f"{pathlib.Path.cwd()}/{text}"
        spec = {"gateway": artifacts.gateway(platform="prosody", dialback_passphrase={"file": path})}
        folder = artifacts.compile_spec(spec, f"secret{number}") / "prosody"
        run("luac5.4", "-p", folder / "fedgate.cfg.lua")
        if "/" in text or len(text.encode()) > 200:
            continue
        pathlib.Path(path).write_text(f"secret {number}\nnot this line\n", encoding="utf-8")
        pathlib.Path("read.lua").write_text(READ_PROSODY, encoding="utf-8")
        options = json.loads(run("lua5.4", "read.lua", lab.SERVERS / "root/usr/lib/prosody", folder / "fedgate.cfg.lua"))
        expect_equal(f"secret of {path!r}", options["*"]["dialback_secret"], f"secret {number}")
        expect_equal("origin", options["*"]["fedgate_policy"]["needs_dialback_secret"], f"the file {path}")


def main():
    lab.need_servers()
    network, authority = lab.Network(), lab.Authority("authority")
    check_goldens(network, authority)
    check_hostile(network, authority)
    check_deviations(authority)
    check_secrets(network, authority)


main()
