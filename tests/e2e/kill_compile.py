#!/usr/bin/env python3
"""Usage: kill_compile.py BINARY [--driver] [--runs N] [--seed N] [--every-system-call]

Compiles two versions of a spec to one folder in turn and kills the process with SIGKILL at a random moment of its
life. After each kill the folder must be wholly old or wholly new, by the hashes in its manifest; the next undisturbed
run must remove what the killed ones left. Then runs on one folder at the same time must leave one of their results.

With --driver the binary is the one of tests/support/write_folder_driver.cpp. With --every-system-call strace kills
the process at each of the system calls that change or read the folder, instead of at random moments.
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # the source tree stays as it is

from written_folder import command, compile_whole, defect_of, siblings_of, write_spec


def lifetime(binary, folder, specs):
    """Seconds that an undisturbed run takes, the median of seven."""
    times = []
    for number in range(7):
        begin = time.monotonic()
        subprocess.run(command(binary, folder, specs[number % 2]), check=True, capture_output=True)
        times.append(time.monotonic() - begin)
    return sorted(times)[len(times) // 2]


def kill_after(arguments, seconds):
    """Whether the process was killed; False where it had ended by itself."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.kill()
    return process.wait() == -9


# The system calls of a run that may stand before or behind a change on disk.
SYSTEM_CALLS = (
    "close fchmodat fcntl flock fsync getdents64 getrandom mkdir mkdirat newfstatat openat read renameat renameat2 "
    "rt_sigaction unlinkat write"
).split()


def kill_at_call(arguments, moment):
    """The same, at the system call of this name for the time of this number."""
    name, number = moment
    injected = ["strace", "-qq", "-f", "-o", "/dev/null", "-e", f"inject={name}:signal=SIGKILL:when={number}"]
    done = subprocess.run(injected + arguments, capture_output=True, check=False)
    return done.returncode in (-9, 137)


class Counts:
    def __init__(self):
        self.kept_old = 0
        self.became_new = 0
        self.left_over = 0
        self.ended = 0


def kill_once(options, folder, specs, manifests, moment, counts):
    """Whether the run was killed before its end. It begins with the other version in the folder."""
    current = manifests.index((folder / "manifest.json").read_bytes())
    kill = kill_at_call if options.every_system_call else kill_after
    was_killed = kill(command(options.binary, folder, specs[1 - current]), moment)
    defect = defect_of(folder, manifests)
    if defect:
        sys.exit(f"killed at {moment}: {defect}")
    if not was_killed:
        counts.ended += 1
    elif (folder / "manifest.json").read_bytes() == manifests[current]:
        counts.kept_old += 1
    else:
        counts.became_new += 1
    counts.left_over += bool(siblings_of(folder))
    return was_killed


def kill_runs(options, folder, specs, manifests, length):
    counts = Counts()
    if options.every_system_call:
        for name in SYSTEM_CALLS:
            number = 1
            while kill_once(options, folder, specs, manifests, (name, number), counts):
                number += 1
    else:
        chance = random.Random(options.seed)
        for _ in range(options.runs):
            kill_once(options, folder, specs, manifests, chance.uniform(0, 1.1 * length), counts)
    return counts


def run_at_once(options, folder, specs, manifests):
    for _ in range(10):
        processes = [
            subprocess.Popen(command(options.binary, folder, specs[number % 2]), stdout=subprocess.DEVNULL)
            for number in range(6)
        ]
        if any([process.wait() != 0 for process in processes]):
            sys.exit("a run beside others failed")
        defect = defect_of(folder, manifests)
        if defect or siblings_of(folder):
            sys.exit(f"after runs at the same time: {defect or siblings_of(folder)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--driver", action="store_true")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20130)
    parser.add_argument("--every-system-call", action="store_true")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    if options.every_system_call and not shutil.which("strace"):
        print("strace is missing", file=sys.stderr)
        return 77

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "target" / "out"
        specs = [pathlib.Path(scratch) / f"version{version}.yaml" for version in (1, 2)]
        for version, spec in enumerate(specs, start=1):
            write_spec(spec, version, 40 * version, options.driver)
        manifests = [compile_whole(options.binary, folder, spec) for spec in specs]
        if manifests[0] == manifests[1]:
            sys.exit("the two versions compile to the same")

        length = lifetime(options.binary, folder, specs)
        counts = kill_runs(options, folder, specs, manifests, length)
        print(
            f"a run takes {1000 * length:.1f} ms; killed: {counts.kept_old} left the folder old, "
            f"{counts.became_new} new; {counts.ended} ended first; {counts.left_over} had a left-over"
        )
        # Otherwise the moments missed the writing, and nothing was tested.
        if counts.left_over == 0 or counts.kept_old == 0 or counts.became_new + counts.ended == 0:
            sys.exit("no run was killed while it wrote")

        compile_whole(options.binary, folder, specs[0])
        if siblings_of(folder):
            sys.exit(f"the next run left {siblings_of(folder)}")
        run_at_once(options, folder, specs, manifests)
    return 0


if __name__ == "__main__":
    sys.exit(main())
