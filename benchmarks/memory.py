"""The most memory that this process has held."""

from __future__ import annotations

from pathlib import Path


def peak_mb() -> float:
    """Megabytes, as the kernel says it (VmHWM): `getrusage` would begin with what the parent process held."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise OSError("the kernel does not say")
