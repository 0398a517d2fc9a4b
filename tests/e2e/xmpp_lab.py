"""Real XMPP servers for end-to-end tests: Prosody and ejabberd on loopback addresses of this run, a DNS
server and a certificate authority of their own. Every server is ended by its process id."""

import atexit
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time

import artifacts

SERVERS = artifacts.SOURCE_DIR / "build" / "servers"
MODULE_DIR = artifacts.SOURCE_DIR / "compiler" / "emit" / "prosody"
LAB_MODULES = artifacts.HERE / "prosody_modules"


def need_servers():
    """Ends the test as skipped where what ./dev unpacks and installs is missing."""
    artifacts.need("openssl", "lua5.4", "luac5.4")
    for name in ("prosody", "prosodyctl", "erl"):
        if not (SERVERS / "bin" / name).is_file():
            print(f"missing: {SERVERS}/bin/{name}, from tests/e2e/fetch_servers.sh", flush=True)
            raise SystemExit(77)


# --- Addresses and DNS ----------------------------------------------------------------------------


class Network:
    """A random 127.x.y.0/24 of this run, and a DNS server in it that knows where domains are served.
    The targets of its SRV records are IP literals, because ejabberd looks addresses up in libc."""

    def __init__(self):
        self.prefix = f"127.{random.randint(10, 250)}.{random.randint(1, 250)}"
        self.last = 1
        self.services = {}
        self.hosts = {}
        self.address = self.next_address()
        self.port = 5353
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((self.address, self.port))
        threading.Thread(target=self.serve, daemon=True).start()

    def next_address(self):
        self.last += 1
        return f"{self.prefix}.{self.last}"

    def serve(self):
        while True:
            query, client = self.socket.recvfrom(4096)
            try:
                self.socket.sendto(self.answer(query), client)
            except (IndexError, struct.error, UnicodeDecodeError):
                pass

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("ascii").lower())
            at += query[at] + 1
        question = query[12:at + 5]
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        name = ".".join(labels)
        data = b""
        is_known = name in self.hosts
        if name.startswith("_xmpp-server._tcp.") and name[18:] in self.services:
            is_known = True
            if kind == 33:
                target = b"".join(bytes([len(part)]) + part.encode()
                                  for part in self.services[name[18:]].split(".")) + b"\0"
                data = struct.pack(">HHH", 0, 0, 5269) + target
        elif kind == 1 and is_known:
            data = socket.inet_aton(self.hosts[name])
        flags = 0x8580 if is_known else 0x8583
        head = query[:2] + struct.pack(">HHHHH", flags, 1, 1 if data else 0, 0, 0)
        record = struct.pack(">HHHIH", 0xC00C, kind, 1, 60, len(data)) + data if data else b""
        return head + question + record


# --- Certificates ---------------------------------------------------------------------------------


class Authority:
    def __init__(self, name):
        self.name = name
        self.certificate = pathlib.Path(f"{name}.crt").resolve()
        artifacts.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                      "-days", "2", "-keyout", f"{name}.key", "-out", self.certificate, "-subj", f"/CN={name}",
                      "-addext", "keyUsage=critical,keyCertSign")

    def issue(self, folder, stem, domains, expired=False):
        """`folder/stem.crt` and `.key` for the domains; expired since a day, or valid for two."""
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ext").write_text("basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n"
                                    "extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName="
                                    + ",".join(f"DNS:{one}" for one in domains) + "\n", encoding="ascii")
        artifacts.run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                      folder / f"{stem}.key", "-out", folder / f"{stem}.csr", "-subj", f"/CN={domains[0]}")
        if expired:
            (folder / "index").write_text("", encoding="ascii")
            (folder / "ca.cnf").write_text(
                f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index\nnew_certs_dir={folder}\nrand_serial=yes\n"
                "default_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n", encoding="ascii")
            artifacts.run("openssl", "ca", "-batch", "-notext", "-config", folder / "ca.cnf", "-cert", self.certificate,
                          "-keyfile", f"{self.name}.key", "-in", folder / f"{stem}.csr", "-out", folder / f"{stem}.crt",
                          "-extfile", folder / "ext", "-startdate", "20200101000000Z", "-enddate", "20200102000000Z")
        else:
            artifacts.run("openssl", "x509", "-req", "-in", folder / f"{stem}.csr", "-CA", self.certificate, "-CAkey",
                          f"{self.name}.key", "-CAcreateserial", "-days", "2", "-extfile", folder / "ext", "-out",
                          folder / f"{stem}.crt")
        for path in (folder / f"{stem}.key", folder / f"{stem}.crt"):
            path.chmod(0o644)


# --- Servers --------------------------------------------------------------------------------------


class Server:
    """A process in a folder of its own."""

    running = []

    def __init__(self, name, network):
        self.network = network
        self.folder = pathlib.Path(name).resolve()
        self.folder.mkdir()
        self.address = network.next_address()
        self.process = None

    def spawn(self, command, **environment):
        with open(self.folder / "output", "ab") as output:
            self.process = subprocess.Popen([str(part) for part in command], cwd=self.folder, stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=output, env=os.environ | environment)
        Server.running.append(self.process)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self):
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def serve(self, *domains):
        for domain in domains:
            self.network.services[domain] = self.address

    def is_listening(self, port=5269):
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((self.address, port)) == 0


@atexit.register
def end_servers():
    for process in Server.running:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(condition, seconds, what):
    """Polls until the condition holds; fails the test where it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    artifacts.fail(f"{what}: not within {seconds} seconds")


class Prosody(Server):
    """Prosody with `options` as the global section of its prosody.cfg.lua and `tail` behind it."""

    def __init__(self, name, network, authority, options, tail):
        super().__init__(name, network)
        self.file = self.folder / "prosody.cfg.lua"
        (self.folder / "data").mkdir()
        self.head = f"""run_as_root = true
pidfile = "{self.folder}/pid"
data_path = "{self.folder}/data"
admin_socket = "{self.folder}/admin.sock"
plugin_paths = {{ "{LAB_MODULES}", "{self.folder}/modules" }}
interfaces = {{ "{self.address}" }}
c2s_ports = {{ 5222 }}
c2s_direct_tls_ports = {{}} http_ports = {{}} https_ports = {{}}
use_ipv6 = false
unbound = {{ resolvconf = false; hoststxt = false; forward = {{ "{network.address}@{network.port}" }};
  options = {{ ["do-not-query-localhost:"] = "no" }} }}
ssl = {{ capath = "/nonexistent"; cafile = "{authority.certificate}" }}
log = {{ debug = "{self.folder}/log" }}
modules_enabled = {{ "saslauth", "tls", "dialback", "ping", "admin_shell", "roster", "lab_record" }}
lab_record = "{self.folder}/stanzas"
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
{options}
"""
        self.write(tail)

    def write(self, tail):
        self.file.write_text(self.head + tail, encoding="utf-8")

    def control(self, *arguments):
        done = subprocess.run([str(SERVERS / "bin" / "prosodyctl"), "--root", "--config", str(self.file), *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    def start(self, **environment):
        self.spawn([SERVERS / "bin" / "prosody", "-F", "--config", self.file], **environment)

    def is_up(self):
        return (self.folder / "admin.sock").is_socket() and self.is_listening(5222)

    def shell(self, command):
        status, text = self.control("shell", command)
        if status != 0:
            artifacts.fail(f"prosodyctl shell {command}: {text}")
        return text

    def ping(self, pairs):
        """Sends an XMPP ping (XEP-0199) for each (from, to) at once, and waits for none."""
        lua = " ".join(f'send("{one}", "{other}")' for one, other in pairs)
        self.shell('> local st = require "util.stanza"; local function send(from, to) prosody.core_route_stanza('
                   'prosody.hosts[from], st.iq({ type = "get", id = "lab", from = from, to = to })'
                   ':tag("ping", { xmlns = "urn:xmpp:ping" })) end ' + lua)

    def reload(self):
        before = self.log().count("Reloading configuration file")
        os.kill(self.process.pid, signal.SIGHUP)
        wait_for(lambda: self.log().count("Reloading configuration file") > before, 5, "reload")
        time.sleep(0.3)

    def sessions(self):
        """{(direction, local, remote): method} from the server's own table of sessions."""
        text = self.shell(
            '> local function show(s, here, there) if s.type == "s2sin" or s.type == "s2sout" then '
            'print("@ " .. s.direction .. " " .. here .. " " .. there .. " " .. (s.external_auth == "succeeded" and '
            '"sasl_tls" or s.secure and "tls_dialback" or "tcp_dialback")) end end '
            'for s in pairs(prosody.incoming_s2s) do show(s, s.to_host, s.from_host) end '
            'for _, host in pairs(prosody.hosts) do for _, s in pairs(host.s2sout or {}) do '
            'if s.direction == "outgoing" then show(s, s.from_host, s.to_host) end end end')
        found = {}
        for line in text.splitlines():
            parts = line.replace("|", " ").split()
            if "@" in parts:
                direction, local, remote, method = parts[parts.index("@") + 1:][:4]
                found[direction, local, remote] = method
        return found


class Ejabberd(Server):
    """ejabberd with the text of its ejabberd.yml."""

    def __init__(self, name, network, authority):
        super().__init__(name, network)
        self.authority = authority
        (self.folder / "inetrc").write_text(
            '{resolv_conf,""}.\n{hosts_file,""}.\n'
            f'{{nameserver,{{{network.address.replace(".", ",")}}},{network.port}}}.\n{{lookup,[dns,native]}}.\n',
            encoding="ascii")

    def write(self, text):
        (self.folder / "ejabberd.yml").write_text(text, encoding="utf-8")

    def start(self, evaluate=""):
        extra = ["-eval", evaluate] if evaluate else []
        self.spawn([SERVERS / "bin" / "erl", "-noinput", "-boot", "start_sasl", "-mnesia", "dir",
                    f'"{self.folder}/db"', "-s", "ejabberd", *extra],
                   EJABBERD_CONFIG_PATH=f"{self.folder}/ejabberd.yml", EJABBERD_LOG_PATH=f"{self.folder}/log",
                   ERL_INETRC=f"{self.folder}/inetrc", HOME=str(self.folder),
                   EJABBERD_PID_PATH=f"{self.folder}/pid", ERL_CRASH_DUMP_BYTES="0")


def client_login(address, domain, user, password):
    """Whether a client can log in: SASL PLAIN without TLS (RFC 6120, section 6; RFC 4616)."""
    import base64
    with socket.create_connection((address, 5222), 5) as stream:
        stream.settimeout(5)
        stream.sendall(f"<stream:stream to='{domain}' version='1.0' xmlns='jabber:client' "
                       "xmlns:stream='http://etherx.jabber.org/streams'>".encode())
        text = b""
        while b"</stream:features>" not in text:
            text += stream.recv(4096)
        secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        stream.sendall(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>".encode())
        return b"<success" in stream.recv(4096)


def say(address, opening, *elements):
    """What a server answers to a peer that sends the stream header with the attributes of `opening`, and
    then elements that nobody asked for. Ends with the stream, or when nothing comes for two seconds."""
    with socket.create_connection((address, 5269), 5) as stream:
        stream.settimeout(2)
        text = b""
        for part in (f"<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' "
                     f"xmlns:stream='http://etherx.jabber.org/streams' {opening}>", *elements):
            try:
                stream.sendall(part.encode())
                while not text.endswith((b"</stream:features>", b"</stream:stream>")):
                    received = stream.recv(4096)
                    if not received:
                        break
                    text += received
            except (TimeoutError, ConnectionError):
                pass
            text += b" "
        return text.decode("utf-8", "replace")


def speaks_tls(address, domain, version):
    """Whether the server completes a TLS handshake of this version (`1_1`, `1_2`) after STARTTLS."""
    done = subprocess.run(["openssl", "s_client", "-starttls", "xmpp-server", "-xmpphost", domain, "-connect",
                           f"{address}:5269", f"-tls{version}", "-cipher", "DEFAULT@SECLEVEL=0"],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    return b"-----BEGIN CERTIFICATE-----" in done.stdout and b"Cipher is (NONE)" not in done.stdout


def predict(ours, theirs):
    """The method that `fedgate negotiate` says two postures agree on, or `none`."""
    import sys
    done = subprocess.run([sys.argv[1], "negotiate", "--ours", ours, "--theirs", theirs, "--format", "json"],
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        artifacts.fail(f"negotiate {ours} {theirs}: {done.stderr.decode()}")
    outcome = json.loads(done.stdout)[0]["outcome"]
    return "none" if outcome.startswith("cannot") else outcome


def compile_to(server, spec, name, status=0):
    """Compiles the spec and puts the artifacts for Prosody where the server looks for them."""
    folder = artifacts.compile_spec(spec, name)
    if (folder / "prosody").is_dir():
        (server.folder / "modules").mkdir(exist_ok=True)
        shutil.copy(folder / "prosody" / "mod_fedgate_policy.lua", server.folder / "modules")
        shutil.copy(folder / "prosody" / "fedgate.cfg.lua", server.folder)
    return folder
