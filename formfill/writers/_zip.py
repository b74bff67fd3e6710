"""A ZIP archive of which most members never change: those are copied as they are compressed, the others deflated anew.

Follows APPNOTE.TXT 6.3: local header §4.3.7, central directory §4.3.12, end record §4.3.16. Every date is 1 January 1980, so that
equal contents make equal bytes. It writes no ZIP64: a form weighs a few kilobytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

_LOCAL: Final = Struct("<4s5H3L2H")
_CENTRAL: Final = Struct("<4s4B4H3L5H2L")
_END: Final = Struct("<4s4H2LH")
_VERSION: Final = 20
"""Version needed to extract: deflate, §4.4.3.2."""
_UTF8_NAMES: Final = 0x800
"""General purpose bit 11: the name is UTF-8, §4.4.4."""
_DATE: Final = 1 << 5 | 1
"""1 January 1980 in MS-DOS format."""
_LOCAL_SIZE_OF_NAMES: Final = slice(26, 30)


@dataclass(frozen=True, slots=True)
class Member:
    """One member, ready to be laid down anywhere."""

    local: bytes
    """Local header and compressed data."""
    central: bytes
    """Central directory header up to the offset, which is its last field before the name."""
    name: bytes


@dataclass(frozen=True, slots=True)
class Prefix:
    """Members laid down once, at the beginning of every archive."""

    body: bytes
    directory: bytes
    count: int


def deflated(name: str, data: bytes, level: int = 6) -> Member:
    """A member compressed now."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush()
    return _member(name.encode(), zipfile.ZIP_DEFLATED, zlib.crc32(data), packed, len(data))


def kept(archive: bytes, but: Set[str]) -> list[Member]:
    """The members of an archive with their data as it is compressed, those named left out."""
    members = []
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        for info in package.infolist():
            if info.filename in but:
                continue
            # the local header may carry another extra field than the directory: only its own lengths say where data begins
            names = archive[info.header_offset :][_LOCAL_SIZE_OF_NAMES]
            start = info.header_offset + _LOCAL.size + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
            packed = archive[start : start + info.compress_size]
            members.append(_member(info.filename.encode(), info.compress_type, info.CRC, packed, info.file_size))
    return members


def prefix(members: Iterable[Member]) -> Prefix:
    """Members laid down from offset 0, with their part of the directory."""
    body, directory, count = bytearray(), bytearray(), 0
    for member in members:
        directory += _entry(member, len(body))
        body += member.local
        count += 1
    return Prefix(bytes(body), bytes(directory), count)


def archive(first: Prefix, *others: Member) -> bytes:
    """The bytes of an archive: the prefix, then the other members."""
    offset = len(first.body)
    body, directory = [first.body], [first.directory]
    for member in others:
        directory.append(_entry(member, offset))
        body.append(member.local)
        offset += len(member.local)
    count, size = first.count + len(others), sum(map(len, directory))
    return b"".join((*body, *directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)))


def _member(name: bytes, method: int, crc: int, packed: bytes, size: int) -> Member:
    flags = 0 if name.isascii() else _UTF8_NAMES
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, flags, method, 0, _DATE, crc, len(packed), size, len(name), 0)
    central = _CENTRAL.pack(
        b"PK\x01\x02", _VERSION, 0, _VERSION, 0, flags, method, 0, _DATE, crc, len(packed), size, len(name), 0, 0, 0, 0, 0, 0
    )
    return Member(local=local + name + packed, central=central[:-4], name=name)


def _entry(member: Member, offset: int) -> bytes:
    return member.central + offset.to_bytes(4, "little") + member.name
