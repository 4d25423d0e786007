"""An S3-compatible bucket over HTTP: put and get, each signed. Source: AWS Signature Version 4."""

import hashlib
import hmac
import http.client
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from django.utils import timezone

from axle.platform.errors import FileStoreUnavailable

_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Bucket:
    """Where the bucket is and with which key it opens; addressed by path, which every S3-compatible store takes."""

    endpoint: str
    name: str
    region: str
    access_key: str
    secret_key: str


def signed_headers(
    bucket: Bucket, *, method: str, path: str, headers: Mapping[str, str], digest: str, at: datetime
) -> dict[str, str]:
    """The headers of a request with its signature; ``digest`` is the SHA-256 of its body in hex, ``at`` is UTC."""
    stamp = f"{at:%Y%m%dT%H%M%SZ}"
    sent = {**headers, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    by_name = sorted((name.lower(), value.strip()) for name, value in sent.items())
    names = ";".join(name for name, _value in by_name)
    lines = [method, path, "", *(f"{name}:{value}" for name, value in by_name), "", names, digest]
    place = f"{at:%Y%m%d}/{bucket.region}/s3/aws4_request"
    told = "\n".join(["AWS4-HMAC-SHA256", stamp, place, hashlib.sha256("\n".join(lines).encode()).hexdigest()])
    signature = hmac.new(_key(bucket, place), told.encode(), hashlib.sha256).hexdigest()
    words = f"Credential={bucket.access_key}/{place},SignedHeaders={names},Signature={signature}"
    return {**sent, "Authorization": f"AWS4-HMAC-SHA256 {words}"}


def _key(bucket: Bucket, place: str) -> bytes:
    key = f"AWS4{bucket.secret_key}".encode()
    for part in place.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


class S3Store:
    """Keeps bytes under a key in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._opener: OpenerDirector = build_opener(ProxyHandler({}))

    def put(self, key: str, source: BinaryIO) -> None:
        """Errors: FileStoreUnavailable; then nothing is kept under the key."""
        self._send("PUT", key, source)

    def get(self, key: str) -> bytes:
        """Errors: FileStoreUnavailable."""
        return self._send("GET", key, io.BytesIO())

    def _send(self, method: str, key: str, source: BinaryIO) -> bytes:
        path = f"/{quote(self._bucket.name)}/{quote(key)}"
        endpoint = self._bucket.endpoint.rstrip("/")
        headers = signed_headers(
            self._bucket,
            method=method,
            path=urlsplit(endpoint).path + path,
            headers={"host": urlsplit(endpoint).netloc},
            digest=hashlib.file_digest(source, "sha256").hexdigest(),  # type: ignore[arg-type]
            at=timezone.now(),
        )
        if method == "PUT":
            headers["Content-Length"] = str(source.seek(0, io.SEEK_END))
        source.seek(0)
        request = Request(endpoint + path, data=source if method == "PUT" else None, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=_TIMEOUT_SECONDS) as answer:
                return bytes(answer.read())
        except HTTPError as error:
            error.close()
            raise FileStoreUnavailable(reason=f"HTTP {error.code}") from error
        except (URLError, OSError, http.client.HTTPException) as error:
            raise FileStoreUnavailable(reason=type(error).__name__) from error
