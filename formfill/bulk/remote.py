"""The little that is known of fsspec: its URLs, and its errors as those of the system. Only here is it imported."""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from formfill.errors import FormfillError, UnreachableSourceError
from formfill.files import reason, shown
from formfill.language import gettext as _
from formfill.source import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]+://")
"""A drive of Windows has one letter; chained URLs have ``::``."""
_STORES: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az", "memory"})


def is_url(text: str) -> bool:
    """Whether a text is the URL of files that are not on this machine."""
    return _URL.match(text) is not None and not text.startswith("file://")


def local(text: str) -> str:
    """The path of a ``file://`` URL; other texts as they are."""
    if not text.startswith("file://"):
        return text
    return unquote(text.removeprefix("file://").removeprefix("localhost"))


def system(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it.

    WebDAV is asked for as ``webdav+http://…`` or ``webdav+https://…``; name and password come from the variables
    ``FORMFILL_WEBDAV_USER`` and ``FORMFILL_WEBDAV_PASSWORD``. Buckets take theirs where their library does.

    Raises:
        UnreachableSourceError: there is no such kind of place, or its package is not installed.
    """
    try:
        import fsspec

        if url.startswith(("webdav+http://", "webdav+https://")):
            return _webdav(url.removeprefix("webdav+"))
        found: tuple[Any, str] = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError, OSError) as error:
        raise UnreachableSourceError(
            where=shown(url),
            seen=_("cet emplacement ne peut pas être ouvert ({reason}).").format(reason=shown(str(error))),
            advice=_("Vérifiez l’adresse ; les seaux S3 et WebDAV demandent « pip install formfill[remote] »."),
        ) from error
    return found


def _webdav(url: str) -> tuple[Any, str]:
    """The server is the scheme and the host; the path is in the file system."""
    import os
    from urllib.parse import urlsplit

    from webdav4.fsspec import WebdavFileSystem

    parts = urlsplit(url)
    user, password = os.environ.get("FORMFILL_WEBDAV_USER"), os.environ.get("FORMFILL_WEBDAV_PASSWORD")
    auth = (user, password or "") if user else None
    return WebdavFileSystem(f"{parts.scheme}://{parts.netloc}", auth=auth), unquote(parts.path).strip("/")


def listed(url: str) -> Iterator[tuple[str, str, str]]:
    """The address, the name and the mark of each file at a URL, folder after folder; raises as :func:`fetched` does."""
    files, root = system(url)
    # a memory file system begins its paths with a slash, others do not
    tail = root.lstrip("/")
    base = url[: len(url) - len(tail)] if tail and url.endswith(tail) else url.partition("://")[0] + "://"
    with _as_source_errors(url):
        if any(sign in root for sign in "*?["):
            for path in sorted(files.glob(root)):
                if not files.isdir(path):
                    yield _address(base, path), path.rpartition("/")[2], _mark(files.info(path))
            return
        if not files.isdir(root):
            files.info(root)
            yield url, root.rpartition("/")[2], _mark(files.info(root))
            return
        top = root.strip("/")
        for _folder, _folders, found in files.walk(root, detail=True):
            for _name, info in sorted(found.items()):
                path = info["name"]
                yield _address(base, path), path.strip("/").removeprefix(top).lstrip("/"), _mark(info)


def _address(base: str, path: str) -> str:
    return base.rstrip("/") + "/" + path.lstrip("/") if not base.endswith("://") else base + path.lstrip("/")


def _mark(info: dict[str, Any]) -> str:
    """What changes with a file: its tag where the place has tags, else its size and time."""
    tag = info.get("ETag") or info.get("etag")
    when = info.get("LastModified") or info.get("modified") or info.get("mtime") or info.get("created")
    return str(tag) if tag else f"{info.get('size')}:{when}" if when else ""


def fetched(url: str) -> bytes:
    """The bytes of one file.

    Raises:
        UnreachableSourceError: the place does not answer, or has no such file.
        SourceTooLargeError: it is over the limit of any file; it was not fetched.
    """
    files, path = system(url)
    with _as_source_errors(url), files.open(path, "rb") as stream:
        data: bytes = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(shown(url), len(data))
    return data


@contextmanager
def _as_source_errors(url: str) -> Iterator[None]:
    try:
        with as_os_errors(url):
            yield
    except OSError as error:
        why = reason(error) if error.errno else shown(str(error)) or type(error).__name__
        raise UnreachableSourceError(
            where=shown(url),
            seen=_("cet emplacement ne peut pas être lu ({reason}).").format(reason=why),
            advice=_("Vérifiez l’adresse et vos droits, ou reprenez plus tard avec --resume."),
        ) from error


def whole(system: Any) -> bool:
    """Whether a file system shows a file only when it is whole."""
    protocol = system.protocol if isinstance(system.protocol, tuple) else (system.protocol,)
    return bool(_STORES & set(protocol))


@contextmanager
def as_os_errors(where: str) -> Iterator[None]:
    """Turns what client libraries raise, each its own, into an ``OSError``: the place does not answer."""
    try:
        yield
    except (OSError, MemoryError, FormfillError):
        raise
    except Exception as error:
        raise OSError(errno.EHOSTUNREACH, f"{type(error).__name__}: {shown(str(error))}", where) from error
