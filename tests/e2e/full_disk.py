#!/usr/bin/env python3
"""Usage: full_disk.py BINARY [--driver]

A compilation that meets a limit on file sizes, and (where the mount is allowed) a full file system,
must exit with 3, say so in one sentence, leave the old folder as it was and nothing beside it.
"""

import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is

from written_folder import command, compile_whole, defect_of, siblings_of, write_spec


def check_refused(arguments, folder, manifest, words, limit=None):
    """Runs and checks one compilation that cannot succeed."""

    def lower():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(arguments, capture_output=True, text=True, check=False, preexec_fn=lower)
    said = done.stderr.strip()
    if done.returncode != 3:
        sys.exit(f"limit {limit}: exit status {done.returncode} instead of 3: {said}")
    if words not in said or "\n" in said:
        sys.exit(f"limit {limit}: said: {said!r}")
    defect = defect_of(folder, [manifest])
    if defect or siblings_of(folder):
        sys.exit(f"limit {limit}: {defect or siblings_of(folder)}")
    return said


def test_size_limit(options, scratch, specs):
    folder = scratch / "limited" / "out"
    manifest = compile_whole(options.binary, folder, specs[0])
    largest = largest_of(options, scratch, specs[1])
    for limit in (0, 1, 512, largest // 2, largest - 1):
        said = check_refused(command(options.binary, folder, specs[1]), folder, manifest, "File too large", limit)
    print(f"file-size limit: {said}")


def largest_of(options, scratch, spec):
    """The size of the largest artifact."""
    whole = scratch / "whole" / "out"
    compile_whole(options.binary, whole, spec)
    return max(path.stat().st_size for path in whole.rglob("*") if path.is_file())


def test_full_file_system(options, scratch, specs):
    mount = scratch / "small"
    mount.mkdir()
    # Room for the old folder and part of the new one beside it.
    whole = scratch / "whole" / "out"
    need = sum(path.stat().st_size // 4096 * 4 + 8 for path in whole.rglob("*"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={need}k", "fedgate-test", str(mount)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        print(f"full file system: not tested, the mount is not allowed ({mounted.stderr.strip()})")
        return
    try:
        folder = mount / "target" / "out"
        manifest = compile_whole(options.binary, folder, specs[0])
        filler = mount / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                pass
        # From no free page at all up to a few less than needed.
        full = filler.stat().st_size
        for pages in (0, 1, 2, 3, 5, 8):
            with filler.open("r+b") as file:
                file.truncate(max(full - 4096 * pages, 0))
            said = check_refused(command(options.binary, folder, specs[1]), folder, manifest, "No space left on device")
        print(f"full file system: {said}")
        filler.unlink()
        compile_whole(options.binary, folder, specs[1])
        if siblings_of(folder):
            sys.exit(f"with room again: {siblings_of(folder)}")
    finally:
        subprocess.run(["umount", str(mount)], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--driver", action="store_true")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        specs = [scratch / "small.yaml", scratch / "large.yaml"]
        write_spec(specs[0], 1, 4, options.driver)
        write_spec(specs[1], 2, 400, options.driver)
        test_size_limit(options, scratch, specs)
        test_full_file_system(options, scratch, specs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
