"""Locks the calling process in: no network, no files, no other processes. Plain Python, for the press alone."""

import ctypes
import os
import platform
import resource
import struct
from enum import StrEnum

GIBIBYTE = 1 << 30
NEW_NAMESPACES = 0x10000000 | 0x40000000 | 0x08000000  # user, network, System V objects
NO_NEW_PRIVILEGES, CLONE_THREAD = 38, 0x00010000
SET_FILTER, ALL_THREADS = 1, 1
ALLOW, NOT_PERMITTED, NOT_KNOWN = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38

# fmt: off
# Calls that reach for files, sockets, processes or the kernel itself (Linux syscall tables): x86-64, then arm64.
REFUSED = {
    "x86_64": (0xC000003E, 317, 56, 435, (
        2, 41, 42, 43, 44, 46, 49, 50, 53, 57, 58, 59, 62, 76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 101, 133, 155,
        161, 165, 166, 175, 246, 248, 249, 250, 257, 258, 259, 260, 263, 264, 265, 266, 268, 272, 288, 298, 304, 308,
        310, 311, 313, 316, 319, 320, 321, 322, 323, 425, 426, 427, 428, 429, 430, 434, 437, 438)),
    "aarch64": (0xC00000B7, 277, 220, 435, (
        33, 34, 35, 36, 37, 38, 39, 40, 41, 45, 51, 53, 54, 56, 97, 104, 105, 117, 129, 198, 199, 200, 201, 202, 203,
        206, 211, 217, 218, 219, 221, 241, 242, 265, 268, 270, 271, 273, 276, 279, 280, 281, 282, 294, 425, 426, 427,
        428, 429, 430, 434, 437, 438)),
}
# fmt: on


class Confinement(StrEnum):
    """How well the press is locked in on this system."""

    FULL = "full"  # own namespaces and empty root, and a filter of system calls
    FILTERED = "filtered"  # a filter of system calls only
    SEPARATED = "separated"  # own namespaces and empty root only
    LIMITED = "limited"  # bounds of memory and time only: nothing keeps it from the network

    @property
    def has_no_network(self) -> bool:
        return self is not Confinement.LIMITED


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def limit(memory: int = GIBIBYTE) -> None:
    """At most that much address space, no files written, no core dumps, polite to the server beside it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    os.nice(5)


def separate() -> bool:
    """Own user and network namespace; must come before the process has a second thread."""
    libc = _libc()
    return libc is not None and hasattr(libc, "unshare") and libc.unshare(NEW_NAMESPACES) == 0


def lock_in(separated: bool, root: str) -> Confinement:
    """Change into the empty root and refuse the calls above, in every thread. There is no way back."""
    if separated:
        try:
            os.chroot(root)
            os.chdir("/")
        except OSError:
            separated = False
    filtered = _filter_calls()
    if filtered:
        return Confinement.FULL if separated else Confinement.FILTERED
    return Confinement.SEPARATED if separated else Confinement.LIMITED


def _filter_calls() -> bool:
    libc = _libc()
    if libc is None or platform.machine() not in REFUSED or libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    instructions = _instructions(platform.machine())
    program = _Program(len(instructions) // 8, instructions)
    number = REFUSED[platform.machine()][1]
    return bool(libc.syscall(number, SET_FILTER, ALL_THREADS, ctypes.byref(program)) == 0)


def _instructions(machine: str) -> bytes:
    """Classic BPF (linux/bpf_common.h): a foreign architecture and each refused number answer EPERM.

    `clone` may make threads, not processes; `clone3` hides its flags behind a pointer, so it is "not known" and the C
    library falls back to `clone`.
    """
    architecture, _, clone, clone3, refused = REFUSED[machine]
    load, equal, at_least, bits, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    code = [(load, 0, 0, 4), (equal, 1, 0, architecture), (answer, 0, 0, NOT_PERMITTED), (load, 0, 0, 0)]
    code += [(at_least, 0, 1, 0x40000000), (answer, 0, 0, NOT_PERMITTED)]
    code += [(equal, 0, 1, clone3), (answer, 0, 0, NOT_KNOWN)]
    for number in refused:
        code += [(equal, 0, 1, number), (answer, 0, 0, NOT_PERMITTED)]
    code += [(equal, 0, 3, clone), (load, 0, 0, 16), (bits, 1, 0, CLONE_THREAD), (answer, 0, 0, NOT_PERMITTED)]
    code += [(answer, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if platform.system() == "Linux" else None
