"""The file store: bytes by content hash in a local folder, or in an S3-compatible bucket by setting."""

import hashlib
import io
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings

from axle.platform.catalogue import text
from axle.platform.errors import FileDamaged, FileStoreUnavailable, NotFound, UploadRefused
from axle.platform.models import StoredFile
from axle.platform.s3 import Bucket, S3Store
from axle.platform.scope import Actor
from axle.platform.uploads import content_type_of, is_two_in_one, name_contradicts

IMAGES = ("image/jpeg", "image/png", "image/webp")
PDF = "application/pdf"
TABLE = "text/plain"
"""CSV is text by its bytes."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 20 * 1024 * 1024


class FileStore(Protocol):
    """Where bytes live under a key."""

    def put(self, key: str, source: BinaryIO) -> None: ...

    def get(self, key: str) -> bytes: ...


class LocalStore:
    """A folder; a file appears under its name only when it is whole."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:4] / key

    def put(self, key: str, source: BinaryIO) -> None:
        path = self._path(key)
        if path.exists():
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, source)
        except OSError as error:  # the disk is full, or the folder is not ours
            raise FileStoreUnavailable(reason=error.strerror or type(error).__name__) from error

    def _write(self, path: Path, source: BinaryIO) -> None:
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(source, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise FileStoreUnavailable(reason=type(error).__name__) from error


@cache
def _store() -> FileStore:
    if settings.AXLE_S3_BUCKET:
        return S3Store(
            Bucket(
                endpoint=settings.AXLE_S3_ENDPOINT,
                name=settings.AXLE_S3_BUCKET,
                region=settings.AXLE_S3_REGION,
                access_key=settings.AXLE_S3_ACCESS_KEY,
                secret_key=settings.AXLE_S3_SECRET_KEY,
            )
        )
    return LocalStore(Path(settings.AXLE_VAR) / "files")


def file_save(
    *,
    content: bytes,
    name: str,
    allowed: tuple[str, ...] = (*IMAGES, PDF),
    actor: Actor,
    max_bytes: int = MAX_BYTES,
) -> StoredFile:
    """Keep a file. Errors: UploadRefused, FileStoreUnavailable."""
    found = _checked_type(content, name, allowed, max_bytes)
    digest = hashlib.sha256(content).hexdigest()
    _store().put(digest, io.BytesIO(content))
    return StoredFile.objects.create(
        sha256=digest,
        name=Path(name.replace("\\", "/")).name[-200:] or "file",
        content_type=found,
        size=len(content),
        uploaded_by=actor.key,
    )


def file_made(*, content: bytes | BinaryIO, name: str, content_type: str, actor: Actor) -> StoredFile:
    """Keep a file that the system has made itself; a large one is read as it is kept. Errors: FileStoreUnavailable."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
    source.seek(0)
    _store().put(digest, source)
    return StoredFile.objects.create(
        sha256=digest, name=name[-200:], content_type=content_type, size=size, uploaded_by=actor.key
    )


def _checked_type(content: bytes, name: str, allowed: tuple[str, ...], max_bytes: int) -> str:
    if not content:
        raise _refused("empty")
    if len(content) > max_bytes:
        raise too_large(max_bytes)
    found = content_type_of(content)
    if found not in allowed:
        raise _refused("wrong_type", found=found)
    if name_contradicts(name, found):
        raise _refused("name_contradicts", found=found)
    if is_two_in_one(content, found):
        raise _refused("two_in_one", found=found)
    return found


def too_large(max_bytes: int) -> UploadRefused:
    """The refusal of a file over the limit, also before it is read."""
    return _refused("too_large", limit_mb=max_bytes // 1024 // 1024)


def _refused(reason: str, field: str = "file", **facts: Any) -> UploadRefused:
    sentence = text("text", f"upload_refused/{reason}", **facts)
    return UploadRefused(field=field, reason=reason, sentence=sentence, **facts)


def file_uploaded(
    *, actor: Actor, file_id: int, field: str = "file_id", allowed: tuple[str, ...] = (*IMAGES, PDF)
) -> StoredFile:
    """A file that this actor has uploaded: nobody brings forward a file of which they only know the number.

    Errors: NotFound; UploadRefused for a file of another type than is asked for.
    """
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or (actor.kind != "system" and stored.uploaded_by != actor.key):
        raise NotFound(field=field, what="file")
    if stored.content_type not in allowed:
        raise _refused("wrong_type", field=field, found=stored.content_type)
    return stored


def file_read(file_id: int) -> tuple[StoredFile, bytes]:
    """A file's facts and bytes. Errors: NotFound, FileStoreUnavailable, FileDamaged.

    Whoever calls has checked who may read it.
    """
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise NotFound(what="file")
    content = _store().get(stored.sha256)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged(file=file_id)
    return stored, content
