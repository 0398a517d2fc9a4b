#!/usr/bin/env python3
"""On a terminal a run of more than a second shows a line of progress and takes it away again; a fast
run, a pipe and a dumb terminal show none."""

import os
import pathlib
import pty
import subprocess
import sys
import threading
import time

from artifacts import expect_equal, fail

SPEC = "fedgate: 1\ngateway: {name: edge, domains: [contoso.com], access_edge: {fqdn: sip.contoso.com}}\n"


def check(seconds, terminal="xterm", is_terminal=True):
    """What `check` writes to standard error while its input takes `seconds` to come."""
    fifo = pathlib.Path(f"spec{time.monotonic_ns()}.yaml")
    os.mkfifo(fifo)

    def write():
        with open(fifo, "w", encoding="utf-8") as pipe:
            pipe.write(SPEC[:10])
            pipe.flush()
            time.sleep(seconds)
            pipe.write(SPEC[10:])

    writer = threading.Thread(target=write)
    writer.start()
    ours, theirs = pty.openpty() if is_terminal else os.pipe()
    env = os.environ | {"TERM": terminal}
    child = subprocess.Popen([sys.argv[1], "check", "--as-of", "2026-11-22", str(fifo)],
                             stdout=subprocess.PIPE, stderr=theirs, env=env)
    os.close(theirs)
    out = child.stdout.read().decode()
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    writer.join()
    expect_equal("exit status", child.wait(), 0)
    if "0 errors" not in out:
        fail(out)
    return seen.decode()


def main():
    shown = check(2.5)
    if "\r\x1b[Kfedgate: reading 1 file \u2026 1 s" not in shown or "\u2026 2 s" not in shown:
        fail(f"progress: {shown!r}")
    if not shown.endswith("\r\x1b[K"):
        fail(f"the line stays: {shown!r}")
    # On a machine with much else to do no run is fast; one in five is enough.
    for _ in range(5):
        begin = time.monotonic()
        shown = check(0)
        if time.monotonic() - begin < 1:
            expect_equal("of a fast run", shown, "")
            break
    expect_equal("in a pipe", check(1.6, is_terminal=False), "")
    expect_equal("on a dumb terminal", check(1.6, terminal="dumb"), "")


main()
