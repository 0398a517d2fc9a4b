"""A real named on loopback, with a port of its own: started from a folder, stopped by its process id
at the latest when the test ends."""

import contextlib
import pathlib
import re
import socket
import subprocess
import time

import artifacts

SOA_AND_NS = ("{zone}. 300 IN SOA ns.example.net. root.example.net. 1 3600 900 604800 300\n"
              "{zone}. 300 IN NS ns.example.net.\n")
CONFIGURATION = """
options {{
  directory "{folder}";
  listen-on port {port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  recursion no;
  notify no;
  pid-file "{folder}/named.pid";
  session-keyfile "{folder}/session.key";
  dnssec-validation no;
}};
controls {{ }};
logging {{ channel here {{ stderr; severity info; }}; category default {{ here; }}; }};
"""
ZONE = """
zone "{zone}" {{
  type primary; file "{zone}.db"; check-names fail; check-integrity yes; check-srv-cname fail;
  allow-update {{ 127.0.0.1; }}; allow-transfer {{ 127.0.0.1; }};
}};
"""


def free_port():
    """A port of loopback that neither TCP nor UDP uses now."""
    for _ in range(100):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams, socket.socket() as streams:
            datagrams.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError):
                streams.bind(("127.0.0.1", datagrams.getsockname()[1]))
                return datagrams.getsockname()[1]
    return artifacts.fail("no free port")


class NameServer:
    """Serves the master files that `zones` maps zone names to."""

    def __init__(self, folder, zones):
        self.folder = pathlib.Path(folder).resolve()
        self.folder.mkdir()
        self.port = free_port()
        text = CONFIGURATION.format(folder=self.folder, port=self.port)
        for zone, records in zones.items():
            (self.folder / f"{zone}.db").write_text(records, encoding="utf-8")
            text += ZONE.format(zone=zone)
        (self.folder / "named.conf").write_text(text, encoding="utf-8")
        self.zones = zones
        self.process = None

    def __enter__(self):
        # -f: in the foreground, so that its process id is the one that is ended.
        with open(self.folder / "log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(["named", "-f", "-n", "1", "-c", self.folder / "named.conf"],
                                            stdout=log, stderr=log, start_new_session=True)
        for _ in range(200):
            if self.process.poll() is not None:
                break
            if self.log().endswith("\nrunning\n"):
                return self
            time.sleep(0.05)
        self.stop()
        return artifacts.fail(f"named does not start:\n{self.log()}")

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends the server and waits for it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self):
        """What the server has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def dig(self, *question):
        """The answer section, as tuples of owner, TTL, class, type and data."""
        out = artifacts.run("dig", "+norec", "+noall", "+answer", "+nocomments", "@127.0.0.1", "-p",
                            self.port, *question).decode()
        return [tuple(re.split(r"\s+", line, maxsplit=4)) for line in out.splitlines()
                if line and not line.startswith(";")]

    def records(self, zone):
        """Every record of the zone but the SOA, and the serial."""
        lines = self.dig("+onesoa", "axfr", zone)
        serial = next(int(line[4].split()[2]) for line in lines if line[3] == "SOA")
        return sorted(line for line in lines if line[3] != "SOA"), serial

    def update(self, script, status=0):
        """Has the real nsupdate apply a script."""
        done = subprocess.run(["nsupdate", "-v"], input=f"server 127.0.0.1 {self.port}\n{script}".encode(),
                              capture_output=True, check=False, timeout=120)
        if done.returncode != status:
            artifacts.fail(f"nsupdate exits with {done.returncode}: {done.stderr.decode()}\n{script}\n{self.log()}")
        return done.stderr.decode()
