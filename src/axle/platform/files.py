"""The file store: bytes by content hash in a local folder, or in an S3-compatible bucket by setting."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import filetype
from django.conf import settings

from axle.platform.errors import NotFound, UploadRefused
from axle.platform.models import StoredFile
from axle.platform.scope import Actor

IMAGES = ("image/jpeg", "image/png", "image/webp")
PDF = "application/pdf"
MAX_BYTES = 20 * 1024 * 1024


class FileStore(Protocol):
    """Where bytes live under a key."""

    def put(self, key: str, content: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...


class LocalStore:
    """A folder; a file appears under its name only when it is whole."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:4] / key

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)

    def get(self, key: str) -> bytes:
        return self._path(key).read_bytes()


class S3Store:
    """An S3-compatible bucket (needs the ``s3`` extra)."""

    def __init__(self, bucket: str, endpoint: str | None) -> None:
        import boto3  # type: ignore[import-not-found,unused-ignore]

        self._bucket = bucket
        self._client: Any = boto3.client("s3", endpoint_url=endpoint)

    def put(self, key: str, content: bytes) -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=content)

    def get(self, key: str) -> bytes:
        return bytes(self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read())


@cache
def _store() -> FileStore:
    if settings.AXLE_S3_BUCKET:
        return S3Store(settings.AXLE_S3_BUCKET, settings.AXLE_S3_ENDPOINT)
    return LocalStore(Path(settings.AXLE_VAR) / "files")


def content_type_of(content: bytes) -> str:
    """The type that the bytes themselves show; ``text/plain`` for decodable text, else octet-stream."""
    guessed = filetype.guess_mime(content)
    if guessed:
        return str(guessed)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain" if b"\x00" not in content else "application/octet-stream"


def file_save(
    *,
    content: bytes,
    name: str,
    allowed: tuple[str, ...] = (*IMAGES, PDF),
    actor: Actor,
    max_bytes: int = MAX_BYTES,
) -> StoredFile:
    """Keep a file. Errors: UploadRefused with ``reason`` empty, too_large or wrong_type."""
    if not content:
        raise UploadRefused(field="file", reason="empty")
    if len(content) > max_bytes:
        raise UploadRefused(field="file", reason="too_large", limit_mb=max_bytes // 1024 // 1024)
    found = content_type_of(content)
    if found not in allowed:
        raise UploadRefused(field="file", reason="wrong_type", found=found)
    digest = hashlib.sha256(content).hexdigest()
    _store().put(digest, content)
    return StoredFile.objects.create(
        sha256=digest,
        name=Path(name.replace("\\", "/")).name[-200:] or "file",
        content_type=found,
        size=len(content),
        uploaded_by=actor.key,
    )


def file_read(file_id: int) -> tuple[StoredFile, bytes]:
    """A file's facts and bytes. Errors: NotFound. Whoever calls has checked who may read it."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise NotFound(what="file")
    return stored, _store().get(stored.sha256)
