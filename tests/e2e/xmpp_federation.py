#!/usr/bin/env python3
"""Prosody with mod_fedgate_policy and ejabberd, configured by fedgate, federate with stock Prosody servers
of every kind exactly as `fedgate negotiate` predicts, and with nobody else. tests/e2e/README.md holds the
table of what was observed; `--update` writes it anew."""

import sys
import time

UPDATE = "--update" in sys.argv
if UPDATE:
    sys.argv.remove("--update")

import artifacts  # noqa: E402
import xmpp_lab as lab  # noqa: E402
from artifacts import expect_equal, fail  # noqa: E402

README = artifacts.HERE / "README.md"
BEGIN, END = "<!-- begin of the generated table -->\n", "<!-- end of the generated table -->\n"

# The 13 postures with a method: required, optional, not_supported; dialback or not.
WORDS = {"r": "required", "o": "optional", "n": "not_supported"}
POSTURES = [tls + sasl + dialback for tls in "ron" for sasl in "ron" for dialback in "dx"
            if dialback == "d" or tls != "n" and sasl != "n"]

# Stock Prosody of four kinds: posture, and the options that make it (Prosody, "Configuring s2s").
PEERS = {
    "sasl": ("rrx", 's2s_require_encryption = true\ns2s_secure_auth = true\nmodules_disabled = { "dialback" }'),
    "tlsdb": ("rnd", 's2s_require_encryption = true\ns2s_secure_auth = false\nmodules_disabled = { "saslauth" }'),
    "tcpdb": ("nnd", "s2s_require_encryption = false\ns2s_secure_auth = false\ns2s_allow_encryption = false"),
    "all": ("ood", "s2s_require_encryption = false\ns2s_secure_auth = false"),
}


def posture(code):
    """The posture as `negotiate` takes it."""
    return f"{WORDS[code[0]]},{WORDS[code[1]]},{'true' if code[2] == 'd' else 'false'}"


def partner(domain, code="rrx", **more):
    tls, sasl, dialback = posture(code).split(",")
    return {"domain": domain, "type": "federated", "tls": tls, "sasl": sasl, "dialback": dialback == "true"} | more


def gateway(platform, *domains, **more):
    return {"gateway": {"name": "lab", "platform": platform, "domains": list(domains),
                        "access_edge": {"fqdn": "xmpp.lab.example"}} | more}


INCLUDE = 'Include "fedgate.cfg.lua"\n'
EDGE = [{"name": "edge"}]


class Lab:
    def __init__(self):
        self.network = lab.Network()
        self.authority = lab.Authority("authority")
        self.stranger = lab.Authority("stranger")
        self.peers = {}
        self.rows = []

    def prosody(self, name, options="", tail=""):
        return lab.Prosody(name, self.network, self.authority, options, tail)

    def stock_peer(self, kind, domains):
        """A stock Prosody that serves the domains, with one certificate for all of them."""
        peer = self.prosody(kind, PEERS[kind][1])
        self.authority.issue(peer.folder / "certs", "peer", domains)
        peer.write("".join(self.host(peer, domain) for domain in domains))
        peer.serve(*domains)
        self.peers[kind] = peer
        return peer

    def host(self, server, domain, certificate="peer"):
        stem = server.folder / "certs" / certificate
        return f'VirtualHost "{domain}"\n  ssl = {{ certificate = "{stem}.crt", key = "{stem}.key" }}\n'

    def fedgate_prosody(self, name, spec, domains, options=""):
        """A Prosody that fedgate has configured."""
        server = self.prosody(name, options, INCLUDE)
        self.authority.issue(server.folder / "certs", "edge", domains)
        lab.compile_to(server, spec | {"certificates": EDGE}, f"{name}-artifacts")
        status, text = server.control("check", "config")
        if status != 0:
            fail(f"prosodyctl check config: {text}")
        server.serve(*domains)
        return server

    # --- Every posture against every kind ---------------------------------------------------------

    def start_matrix(self):
        ours = ["in.example", "out.example"]
        by_kind = {kind: [f"{code}.{kind}.example" for code in POSTURES] for kind in [*PEERS, "fedgate"]}
        partners = [partner(f"{code}.{kind}.example", code) for kind in by_kind for code in POSTURES]
        partners += [
            partner("strict.untrusted.example"), partner("lenient.untrusted.example", "rod"),
            partner("strict.expired.example"), partner("lenient.expired.example", "rod"),
            partner("strict.wrong.example"), partner("lenient.wrong.example", "rod"),
            partner("proxied.example", proxy_fqdn="proxy.example"),
            partner("public.example", "ood", type="public_unverified"),
            partner("nowhere.example"),
            partner("primary.example", "ood", additional_domains=["additional.example"]),
        ]
        self.spec = gateway("prosody", *ours) | {"partners": partners}
        self.us = self.fedgate_prosody("us", self.spec, ours)
        self.us.write(INCLUDE + 'VirtualHost "quiet.example"\n')
        self.us.serve("quiet.example")
        self.us.control("register", "juliet", "in.example", "secret")
        for kind in PEERS:
            extra = ["evil.example", "public.example", "additional.example", "sub.primary.example"]
            self.stock_peer(kind, by_kind[kind] + [f"{who}.{kind}.example" for who in ("ej", "eo")] + (extra if kind == "all" else []))
        both = [partner(domain, "ood", connection_limit=200) for domain in ours]
        peer = self.fedgate_prosody("fedgate", gateway("prosody", *by_kind["fedgate"]) | {"partners": both},
                                    by_kind["fedgate"])
        self.peers["fedgate"] = peer
        self.start_bad_certificates()
        for server in [self.us, *self.peers.values()]:
            server.start()
        for server in [self.us, *self.peers.values()]:
            lab.wait_for(server.is_up, 60, f"start of {server.folder.name}")

    def start_bad_certificates(self):
        """A permissive server whose certificates are from another authority, expired, or of another name."""
        peer = self.prosody("bad", PEERS["all"][1])
        certs = peer.folder / "certs"
        self.stranger.issue(certs, "untrusted", ["strict.untrusted.example", "lenient.untrusted.example"])
        self.authority.issue(certs, "expired", ["strict.expired.example", "lenient.expired.example"], expired=True)
        self.authority.issue(certs, "wrong", ["somebody.example"])
        self.authority.issue(certs, "proxied", ["proxied.example"])
        domains = [f"{how}.{what}.example" for how in ("strict", "lenient") for what in ("untrusted", "expired", "wrong")]
        peer.write("".join(self.host(peer, domain, domain.split(".")[1]) for domain in domains)
                   + self.host(peer, "proxied.example", "proxied"))
        peer.serve(*domains)
        self.network.hosts["proxy.example"] = peer.address
        self.peers["bad"] = peer

    def run_matrix(self):
        kinds = [*PEERS, "fedgate"]
        expected = {}
        for kind in kinds:
            theirs = "ood" if kind == "fedgate" else PEERS[kind][0]
            for code in POSTURES:
                expected[code, kind] = lab.predict(posture(code), posture(theirs))
        self.us.ping([("out.example", f"{code}.{kind}.example") for code, kind in expected])
        for kind in kinds:
            self.peers[kind].ping([(f"{code}.{kind}.example", "in.example") for code in POSTURES])
        wanted = {(direction, host, f"{code}.{kind}.example"): method for (code, kind), method in expected.items()
                  if method != "none" for direction in ("incoming", "outgoing") for host in ("in.example", "out.example")}
        self.settle(wanted)
        found = self.us.sessions()
        log = self.us.log()
        for (code, kind), method in expected.items():
            remote = f"{code}.{kind}.example"
            # in.example was called first, out.example called first.
            observed = [found.get(("incoming", "in.example", remote), "none"),
                        found.get(("outgoing", "out.example", remote), "none")]
            theirs = posture("ood" if kind == "fedgate" else PEERS[kind][0])
            name = "Prosody, by fedgate" if kind == "fedgate" else "stock Prosody"
            self.rows.append([posture(code), theirs, "Prosody", name, method, *observed])
            expect_equal(f"{posture(code)} with {kind}", observed, [method, method])
            logged = {line.split("authenticated by ")[1].split()[0] for line in log.splitlines()
                      if f"partner {remote} authenticated by " in line}
            expect_equal(f"log of {remote}", logged, set() if method == "none" else {method})

    def settle(self, wanted):
        """Waits until every expected stream is there, and then until no attempt is under way any more."""
        lab.wait_for(lambda: wanted.items() <= self.us.sessions().items(), 60, self.missing(wanted))
        lab.wait_for(lambda: "unauthed" not in self.us.shell("s2s:show()"), 60, "end of the other attempts")

    def missing(self, wanted):
        class Text:
            def __str__(text):
                found = self.us.sessions()
                return f"streams {[(key, value) for key, value in wanted.items() if found.get(key) != value]}"
        return Text()



class Cases(Lab):
    """What the policy does beside choosing methods, on the servers of the matrix."""

    def expect_log(self, text, server=None):
        server = server or self.us
        lab.wait_for(lambda: text in server.log(), 20, f"`{text}` in the log of {server.folder.name}")

    def expect_stream(self, direction, local, remote, method):
        def state():
            return self.us.sessions().get((direction, local, remote), "none")
        if method == "none":
            expect_equal(f"{direction} stream of {remote}", state(), "none")
        else:
            lab.wait_for(lambda: state() == method, 20, f"{direction} stream of {remote} by {method}")

    def run_default_deny(self):
        self.us.ping([("out.example", "evil.example"), ("out.example", "sub.primary.example")])
        self.peers["all"].ping([("evil.example", "in.example"), ("sub.primary.example", "in.example"),
                                ("additional.example", "in.example"), ("additional.example", "quiet.example")])
        for domain in ("evil.example", "sub.primary.example"):
            self.expect_log(f"refused {domain}: not a federation partner (outgoing stanza)")
            self.expect_log(f"refused {domain}: not a federation partner (incoming stream)")
            self.expect_stream("incoming", "in.example", domain, "none")
            self.expect_stream("outgoing", "out.example", domain, "none")
        self.expect_stream("incoming", "in.example", "additional.example", "sasl_tls")
        self.expect_log("Server-to-server communication is disabled for this host", self.peers["all"])
        # A stream to one domain is no way to another one, which has no policy.
        self.peers["all"].shell('> local st = require "util.stanza"; prosody.hosts["additional.example"]'
                                '.s2sout["in.example"].sends2s(st.message({ from = "romeo@additional.example", '
                                'to = "quiet.example" }))')
        self.expect_log("refused additional.example: a stanza for quiet.example, which does not federate")

    def run_rude_peers(self):
        """Peers that do what nobody offered: the answer is the reason, and never a success."""
        header = "to='in.example' version='1.0'"
        strict, plain = "rrx.all.example", "nnd.all.example"

        def dialback(kind, domain):
            return f"<db:{kind} from='{domain}' to='in.example' id='1'>key</db:{kind}>"
        cases = [
            (f"{header} from='evil.example'", [], "not a federation partner"),
            (header, [dialback("result", "evil.example")], "not a federation partner"),
            (header, [dialback("verify", "evil.example")], "not a federation partner"),
            (header, [dialback("result", strict)], "dialback without TLS is not allowed"),
            ("to='in.example'", [dialback("result", strict)], "dialback without TLS is not allowed"),
            (f"{header} from='{strict}'", [dialback("verify", strict)], "dialback is not allowed"),
            (f"{header} from='{plain}'", ["<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"],
             "TLS is not supported for this partner"),
        ]
        for opening, elements, reason in cases:
            answer = lab.say(self.us.address, opening, *elements)
            if "policy-violation" not in answer or f">{reason}</text>" not in answer:
                fail(f"{opening} {elements}: {answer!r} instead of {reason!r}")
        answer = lab.say(self.us.address, f"{header} from='{strict}'",
                         "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>",
                         f"<message from='x@{strict}' to='juliet@in.example'/>")
        if "<success" in answer or "</stream:stream>" not in answer:
            fail(f"SASL EXTERNAL without TLS: {answer!r}")
        # Offered are the partner's own methods only.
        for domain, offers in ((strict, (True, False)), (plain, (False, True)), ("ood.all.example", (True, True))):
            answer = lab.say(self.us.address, f"{header} from='{domain}'")
            expect_equal(f"offer to {domain}", ("<starttls" in answer, "urn:xmpp:features:dialback" in answer), offers)
        expect_equal("TLS is required", "<required" in lab.say(self.us.address, f"{header} from='{strict}'"), True)

        self.expect_tls_floor(self.us, "in.example")

    def expect_tls_floor(self, server, domain):
        expect_equal(f"TLS 1.1 and 1.2 of {domain}",
                     [lab.speaks_tls(server.address, domain, version) for version in ("1_1", "1_2")], [False, True])

    def run_certificates(self):
        problems = {"untrusted": "its certificate is not trusted", "expired": "its certificate has expired",
                    "wrong": "its certificate is not valid for this domain"}
        names = [f"{how}.{what}.example" for how in ("strict", "lenient") for what in problems]
        self.us.ping([("out.example", name) for name in names])
        self.peers["bad"].ping([(name, "in.example") for name in names])
        for what, problem in problems.items():
            for direction, local in (("incoming", "in.example"), ("outgoing", "out.example")):
                self.expect_log(f"refused strict.{what}.example: {problem} ({direction} stream)")
                self.expect_stream(direction, local, f"strict.{what}.example", "none")
                self.expect_stream(direction, local, f"lenient.{what}.example", "tls_dialback")

    def run_delivery_errors(self):
        """Our users hear of what does not reach a partner."""
        for domain, condition in (("nowhere.example", "remote-server-not-found"),
                                  ("strict.untrusted.example", "remote-server-")):
            _, text = self.us.control("shell", "xmpp", "ping", "out.example", domain)
            if condition not in text:
                fail(f"ping of {domain}: {text!r} instead of {condition}")

    def run_proxy(self):
        self.us.ping([("out.example", "proxied.example")])
        self.expect_stream("outgoing", "out.example", "proxied.example", "sasl_tls")

    def run_permissions(self):
        """A partner of type public_unverified: no status notes for it, and no messages of its strangers."""
        us, peer = self.us, self.peers["all"]
        us.shell('> local st = require "util.stanza"; for _, to in ipairs { "public.example", "additional.example" } do '
                 'prosody.core_route_stanza(prosody.hosts["in.example"], st.presence({ from = "juliet@in.example/x", '
                 'to = "romeo@" .. to }):text_tag("show", "away"):text_tag("status", "at the ball")) end')
        stanzas = peer.folder / "stanzas"
        lab.wait_for(lambda: stanzas.exists() and stanzas.read_text().count("<presence") >= 2, 20, "presence")
        for line in stanzas.read_text(encoding="utf-8").splitlines():
            if "<presence" in line and "away" in line:
                expect_equal(f"status note in {line}", "at the ball" in line, "@additional.example" in line)
        peer.shell('> local st = require "util.stanza"; for _, from in ipairs { "public.example", "additional.example" } '
                   'do prosody.core_route_stanza(prosody.hosts[from], st.message({ from = "romeo@" .. from, '
                   'to = "juliet@in.example", type = "chat" }, "But soft")) end')
        self.expect_log("refused a message from romeo@public.example: not a contact of juliet")
        offline = us.folder / "data" / "in%2eexample" / "offline"
        lab.wait_for(lambda: any("additional.example" in one.read_text() for one in offline.glob("*")), 20, "a message")
        expect_equal("message of a stranger", any("public.example" in one.read_text() for one in offline.glob("*")), False)

    def run_login(self, server):
        if not lab.client_login(server.address, "in.example", "juliet", "secret"):
            fail(f"no client login on {server.folder.name}")

    # --- Reload -----------------------------------------------------------------------------------

    def with_partners(self, *partners):
        self.spec["partners"] = list(partners)
        self.count = getattr(self, "count", 0) + 1
        lab.compile_to(self.us, self.spec | {"certificates": EDGE}, f"reload{self.count}")
        self.us.reload()

    def run_reload(self):
        us, peer = self.us, self.peers["all"]
        self.with_partners(partner("ood.all.example", "ood"), partner("rox.all.example", "rnd"))
        self.expect_log("policy in force: 2 partners")
        self.expect_log("refused additional.example: not a federation partner any more")
        self.expect_log("refused rox.all.example: sasl_tls is not allowed any more")
        lab.wait_for(lambda: {remote for _, _, remote in us.sessions()} == {"ood.all.example"}, 20, "one partner")
        peer.ping([("rox.all.example", "in.example"), ("additional.example", "in.example")])
        self.expect_stream("incoming", "in.example", "rox.all.example", "tls_dialback")
        # A mistake in the file: Prosody keeps what it has.
        configuration = us.folder / "fedgate.cfg.lua"
        text = configuration.read_text(encoding="utf-8")
        configuration.write_text(text + "\nthis is not Lua\n", encoding="utf-8")
        us.reload()
        self.expect_log("There was an error parsing the configuration file")
        configuration.write_text(text, encoding="utf-8")  # prosodyctl reads the file too.
        self.expect_stream("incoming", "in.example", "ood.all.example", "sasl_tls")
        # Data that the module does not accept: nobody federates, until it does.
        configuration.write_text(text.replace('"tls_dialback"', '"telepathy"'), encoding="utf-8")
        us.reload()
        self.expect_log("no policy, so nobody federates: partner")
        lab.wait_for(lambda: us.sessions() == {}, 20, "end of all streams")
        us.ping([("out.example", "ood.all.example")])
        peer.ping([("ood.all.example", "in.example")])
        self.expect_log("refused ood.all.example: not a federation partner (outgoing stanza)")
        self.expect_log("refused ood.all.example: not a federation partner (incoming stream)")
        expect_equal("streams", us.sessions(), {})
        configuration.write_text(text, encoding="utf-8")
        us.reload()
        us.ping([("out.example", "ood.all.example")])
        self.expect_stream("outgoing", "out.example", "ood.all.example", "sasl_tls")
        us.stop()

    # --- Fail closed ------------------------------------------------------------------------------

    def run_fail_closed(self):
        """Without the module or its data nothing federates; clients go on."""
        def change(name, old, new):
            def apply(server):
                path = server.folder / name
                text = path.read_text(encoding="utf-8")
                assert old in text
                path.write_text(text.replace(old, new), encoding="utf-8")
            return apply
        module, data = "modules/mod_fedgate_policy.lua", "fedgate.cfg.lua"
        breakages = {
            "no-module": (lambda server: (server.folder / module).unlink(), "fedgate_policy"),
            "no-lua": (change(module, "local st =", "local = st"), "fedgate_policy"),
            "no-api": (change(module, 'require "core.s2smanager"', 'require "core.nothing"'), "core.nothing"),
            "no-data": (change(data, "fedgate_policy = {", "fedgate_policies = {"), "fedgate_policy has no list"),
            "no-list": (change(data, "partners = {", "partners = 7 --[[ {"), None),
            "bad-method": (change(data, '"sasl_tls"', '"sasl"'), "unknown method sasl"),
            "bad-domain": (change(data, 'domain = "ood.all.example"', 'domain = "@"'), "is not a domain"),
            "no-secret": (change(data, "fedgate_policy = {", 'fedgate_policy = { needs_dialback_secret = "x";'),
                          "the dialback secret cannot be read from x"),
        }
        del breakages["no-list"]
        spec = gateway("prosody", "in.example", "out.example") | {"partners": [partner("ood.all.example", "ood")]}
        servers = {}
        for name, (apply, _) in breakages.items():
            server = self.fedgate_prosody(name, spec, ["in.example", "out.example"])
            server.control("register", "juliet", "in.example", "secret")
            apply(server)
            server.start()
            servers[name] = server
        for name, server in servers.items():
            lab.wait_for(server.is_up, 60, f"start of {name}")
            self.run_login(server)
            if breakages[name][1] not in server.log():
                fail(f"{name}: the log does not tell `{breakages[name][1]}`")
            expect_equal(f"{name}: the port of server-to-server streams is open", server.is_listening(), False)
            server.ping([("in.example", "ood.all.example")])
            expect_equal(f"{name}: streams", (server.sessions(), "opening a new outgoing" in server.log()),
                         ({}, False))
            server.stop()

    # --- Limits and times -------------------------------------------------------------------------

    def run_times(self):
        spec = gateway("prosody", "short.example", "brief.example")
        spec["gateway"] |= {"stream_inactivity_timeout": "3s", "keep_alive_interval": "1s"}
        spec["partners"] = [partner("ood.all.example", "ood", connection_limit=1),
                            partner("oox.all.example", "ood", keep_alive=False)]
        server = self.us = self.fedgate_prosody("times", spec, ["short.example", "brief.example"])
        server.start()
        lab.wait_for(server.is_up, 60, "start of times")
        server.ping([("short.example", "ood.all.example"), ("brief.example", "oox.all.example")])
        self.expect_log("refused ood.all.example: the partner has its 1 connections already (incoming stream)")
        self.expect_log("closing the outgoing stream with oox.all.example: idle")
        lab.wait_for(lambda: server.sessions() == {}, 20, "end of idle streams")
        blanks = [line for line in server.log().splitlines() if line.endswith("]:  ")]
        if not any("s2sout" in line for line in blanks):
            fail("no keep-alive")
        server.stop()

    # --- ejabberd ---------------------------------------------------------------------------------

    EJABBERD = {"e": "rrx", "ed": "rod", "edp": "ood", "p": "nnd"}

    def run_ejabberd(self):
        servers = {}
        for name, code in self.EJABBERD.items():
            servers[name] = self.start_ejabberd(name, code)
        for name, server in servers.items():
            lab.wait_for(server.is_listening, 90, f"start of ejabberd {name}")
        # The stock servers call first; ejabberd itself has called by -eval after its start.
        for kind in PEERS:
            self.peers[kind].ping([(f"ej.{kind}.example", f"{name}.ejabberd.example") for name in self.EJABBERD])
        self.peers["all"].ping([("evil.example", f"{name}.ejabberd.example") for name in self.EJABBERD])
        for name, code in self.EJABBERD.items():
            self.judge_ejabberd(servers[name], name, code)
        self.expect_tls_floor(servers["e"], "e.ejabberd.example")
        for server in servers.values():
            server.stop()

    def start_ejabberd(self, name, code):
        domain = f"{name}.ejabberd.example"
        server = lab.Ejabberd(f"ejabberd-{name}", self.network, self.authority)
        self.authority.issue(server.folder / "certs", "edge", [domain])
        certs = server.folder / "certs"
        (certs / "edge.pem").write_text((certs / "edge.crt").read_text() + (certs / "edge.key").read_text())
        spec = gateway("ejabberd", domain) | {
            "partners": [partner(f"{who}.{kind}.example", code) for kind in PEERS for who in ("ej", "eo")]}
        folder = artifacts.compile_spec(spec, f"ejabberd-{name}-artifacts")
        (server.folder / "fedgate.yml").write_text((folder / "ejabberd/fedgate.yml").read_text(encoding="utf-8"))
        server.write(f"""hosts: ["{domain}"]
loglevel: info
certfiles: ["{certs}/edge.pem"]
s2s_cafile: "{self.authority.certificate}"
listen:
  - port: 5269
    ip: "{server.address}"
    module: ejabberd_s2s_in
modules:
  mod_s2s_dialback: {{}}
append_host_config:
  "{domain}":
    modules:
      mod_ping: {{}}
include_config_file: ["{server.folder}/fedgate.yml"]
""")
        server.serve(domain)
        calls = ",".join(
            "ejabberd_router:route(xmpp:decode(fxml_stream:parse_element(<<\"<iq xmlns='jabber:client' type='get' id='1' "
            f"from='{domain}' to='{to}'><ping xmlns='urn:xmpp:ping'/></iq>\">>)))"
            for to in [f"eo.{kind}.example" for kind in PEERS] + ["evil.example"])
        server.start(calls + ".")
        return server

    def judge_ejabberd(self, server, name, code):
        domain = f"{name}.ejabberd.example"
        expected = {kind: lab.predict(posture(code), posture(PEERS[kind][0])) for kind in PEERS}

        def observed(direction, remote):
            ends = f"{remote} -> {domain}" if direction == "inbound" else f"{domain} -> {remote}"
            found = set()
            for line in server.log().splitlines():
                if f"Accepted {direction} s2s" in line and ends in line:
                    found.add("sasl_tls" if "EXTERNAL" in line else
                              "tls_dialback" if "(tls|" in line else "tcp_dialback")
            return ", ".join(sorted(found)) or "none"

        def rows():
            return {kind: [observed("inbound", f"ej.{kind}.example"), observed("outbound", f"eo.{kind}.example")]
                    for kind in PEERS}

        wanted = {kind: [method, method] for kind, method in expected.items()}
        positive = [kind for kind in PEERS if expected[kind] != "none"]
        lab.wait_for(lambda: all(rows()[kind] == wanted[kind] for kind in positive), 60,
                     type("Text", (), {"__str__": lambda self: f"ejabberd {name}: {rows()} instead of {wanted}"})())
        for kind, (incoming, outgoing) in rows().items():
            self.rows.append([posture(code), posture(PEERS[kind][0]), "ejabberd", "stock Prosody", expected[kind],
                              incoming, outgoing])
        expect_equal(f"ejabberd {name}", rows(), wanted)
        # ejabberd may authenticate an unlisted domain by SASL EXTERNAL; the first stanza then ends the stream.
        refusals = (f"Closing inbound s2s connection evil.example -> {domain}: Stream closed by local host: invalid-from",
                    f"Failed inbound s2s dialback authentication evil.example -> {domain}")
        lab.wait_for(lambda: any(text in server.log() for text in refusals), 10, f"ejabberd {name} refuses evil.example")
        expect_equal(f"ejabberd {name} calls evil.example", observed("outbound", "evil.example"), "none")


def render(rows):
    """The table for people."""
    lines = ["| own posture (TLS, SASL, dialback) | platform | peer posture | peer | predicted | observed, called | "
             "observed, calling |", "|---|---|---|---|---|---|---|"]
    for ours, theirs, platform, peer, predicted, called, calling in sorted(rows):
        lines.append(f"| {ours} | {platform} | {theirs} | {peer} | {predicted} | {called} | {calling} |")
    return "\n".join(lines) + "\n"


def check_table(rows):
    text = README.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    table = render(rows)
    if UPDATE:
        README.write_text(text[:begin] + table + text[end:], encoding="utf-8")
    elif text[begin:end] != table:
        fail("the table of tests/e2e/README.md is stale: tests/e2e/xmpp_federation.py FEDGATE --update writes it anew")


def main():
    lab.need_servers()
    run = Cases()
    steps = ["start_matrix", "run_matrix", "run_default_deny", "run_rude_peers", "run_certificates",
             "run_delivery_errors", "run_proxy", "run_permissions",
             "run_reload", "run_fail_closed", "run_times", "run_ejabberd"]
    for step in steps:
        began = time.monotonic()
        getattr(run, step)()
        if step == "run_matrix":
            run.run_login(run.us)
        print(f"{step}: {time.monotonic() - began:.1f} s", flush=True)
    check_table(run.rows)


main()
