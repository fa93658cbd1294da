"""What a worker may use."""

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds on one worker.

    The kernel holds it to ``cpu_s``, ``memory_bytes`` (address space, of which torch itself takes 0.7 GB),
    ``file_bytes`` (one file) and ``open_files``; the trusted side watches the others and kills.
    """

    cpu_s: int = 120
    memory_bytes: int = 2_500_000_000
    file_bytes: int = 16 * _MIB
    open_files: int = 128
    scratch_bytes: int = 128 * _MIB
    scratch_files: int = 2000
    output_bytes: int = _MIB  # written straight to descriptors 1 and 2
    event_bytes: int = 16 * _MIB  # outputs of one cell, as frames
    frame_bytes: int = 64 * _MIB  # one reply
    start_s: float = 20.0
