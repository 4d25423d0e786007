"""Files: what is taken and what is refused, and the two places where they lie."""

import errno
import hashlib
import hmac
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from axle.platform import files
from axle.platform.errors import FileDamaged, FileStoreUnavailable, UploadRefused
from axle.platform.files import SHEET, file_read, file_save
from axle.platform.models import StoredFile
from axle.platform.s3 import Bucket, signed_headers
from axle.platform.testing import make_actor

pytestmark = pytest.mark.django_db
ACTOR = make_actor()
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x01" * 64 + b"\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil")
    return target.getvalue()


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Iterator[None]:
    settings.AXLE_VAR = tmp_path
    files._store.cache_clear()
    yield
    files._store.cache_clear()


def test_files_come_back_as_they_were():
    stored = file_save(content=PNG, name="../../etc/passwd.png", actor=ACTOR)
    assert (stored.name, stored.content_type, stored.size) == ("passwd.png", "image/png", len(PNG))
    assert stored.sha256 == hashlib.sha256(PNG).hexdigest()
    assert file_read(stored.pk)[1] == PNG


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (JPEG, "photo.JPG", "image/jpeg"),
        (JPEG, "photo.jpeg", "image/jpeg"),
        (JPEG, "photo", "image/jpeg"),
        (JPEG, "身份证 1.2", "image/jpeg"),
        (JPEG + b"PK\x05\x06 by chance" + b"\x02" * 40, "photo.jpg", "image/jpeg"),
        (PDF, "发票.pdf", "application/pdf"),
    ],
)
def test_files_that_are_what_they_say_are_taken(content, name, content_type):
    assert file_save(content=content, name=name, actor=ACTOR).content_type == content_type


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.png", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 80, "a.png", "wrong_type"),
        (b"<html>", "a.png", "wrong_type"),
        (b"<svg onload='alert(1)'/>", "a.svg", "wrong_type"),
        (b"\x00" + PDF, "a.pdf", "wrong_type"),
        (archive(), "a.pdf", "wrong_type"),
        (PNG * 999, "a.png", "too_large"),
        (JPEG, "a.pdf", "name_contradicts"),
        (PDF, "a.jpg", "name_contradicts"),
        (PNG, "a.jpg", "name_contradicts"),
        (PNG, "a.exe", "name_contradicts"),
        (PDF, "a.pdf.html", "name_contradicts"),
        (JPEG + archive(), "a.jpg", "two_in_one"),
        (PDF + archive(), "a.pdf", "two_in_one"),
        (PNG[:20] + b"<script>alert(1)</script>" + PNG[20:], "a.png", "two_in_one"),
        (JPEG[:12] + b"<?php system($_GET['c']) ?>" + JPEG[12:], "a.jpg", "two_in_one"),
        (JPEG[:12] + b"%PDF-1.7" + JPEG[12:], "a.jpg", "two_in_one"),
    ],
)
def test_uploads_are_refused_by_content(tmp_path, content, name, reason):
    with pytest.raises(UploadRefused) as refused:
        file_save(content=content, name=name, actor=ACTOR, max_bytes=20_000)
    assert (refused.value.field, refused.value.params["reason"]) == ("file", reason)
    assert refused.value.params["sentence"].endswith("。")
    assert not StoredFile.objects.exists()
    assert list(tmp_path.iterdir()) == []


def workbook(*more):
    from openpyxl import Workbook

    target = io.BytesIO()
    Workbook().save(target)
    with zipfile.ZipFile(target, "a") as packed:
        for name in more:
            packed.writestr(name, "x")
    return target.getvalue()


def test_a_workbook_is_taken_where_asked_for_and_no_other_archive(tmp_path):
    stored = file_save(content=workbook(), name="流水.xlsx", actor=ACTOR, allowed=(SHEET,))
    assert stored.content_type == SHEET
    for content, reason in ((workbook("xl/vbaProject.bin"), "wrong_type"), (workbook() + b"tail", "two_in_one")):
        with pytest.raises(UploadRefused) as refused:
            file_save(content=content, name="流水.xlsx", actor=ACTOR, allowed=(SHEET,))
        assert refused.value.params["reason"] == reason
    with pytest.raises(UploadRefused):
        file_save(content=workbook(), name="流水.xlsx", actor=ACTOR)


def test_bytes_that_changed_where_they_lie_are_not_given_out(tmp_path):
    stored = file_save(content=PNG, name="a.png", actor=ACTOR)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(PNG + b"!")
    with pytest.raises(FileDamaged):
        file_read(stored.pk)


def test_a_full_disk_keeps_nothing(tmp_path, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FileStoreUnavailable):
        file_save(content=PNG, name="a.png", actor=ACTOR)
    assert not StoredFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@dataclass
class Bench:
    """A server that speaks as much S3 as we need: it checks each signature by its own arithmetic."""

    bucket: Bucket
    kept: dict[str, bytes] = field(default_factory=dict)
    told: list[tuple[str, str, int]] = field(default_factory=list)
    is_away: bool = False


def _signature(bench: Bench, method: str, path: str, headers: dict[str, str], body: bytes) -> str:
    """What the header has to say; written from the specification, not from our code."""
    words = dict(part.strip().split("=", 1) for part in headers["authorization"].split(" ", 1)[1].split(","))
    day, region, service, _end = words["Credential"].split("/")[1:]
    names = words["SignedHeaders"].split(";")
    assert {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names)
    digest = hashlib.sha256(body).hexdigest()
    assert headers["x-amz-content-sha256"] == digest
    canonical = f"{method}\n{path}\n\n"
    canonical += "".join(f"{name}:{headers[name]}\n" for name in names)
    canonical += f"\n{';'.join(names)}\n{digest}"
    scope = f"{day}/{region}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{headers['x-amz-date']}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = ("AWS4" + bench.bucket.secret_key).encode()
    for part in (day, region, service, "aws4_request", text):
        key = hmac.digest(key, part.encode(), "sha256")
    credential = f"{bench.bucket.access_key}/{scope}"
    return f"AWS4-HMAC-SHA256 Credential={credential},SignedHeaders={words['SignedHeaders']},Signature={key.hex()}"


@pytest.fixture
def s3(settings) -> Iterator[Bench]:
    bench: Bench

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            is_signed = headers.get("authorization") == _signature(bench, self.command, self.path, headers, body)
            status, answer = 503 if bench.is_away else 403 if not is_signed else 200, b""
            if status == 200 and self.command == "PUT":
                bench.kept[self.path] = body
            elif status == 200:
                status, answer = (200, bench.kept[self.path]) if self.path in bench.kept else (404, b"")
            bench.told.append((self.command, self.path, status))
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_PUT = do_GET = _take  # noqa: N815 — what the base class calls

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    bench = Bench(Bucket(endpoint, "axle-files", "cn-north-1", "AKIDEXAMPLE", "a secret"))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.AXLE_S3_BUCKET, settings.AXLE_S3_ENDPOINT = bench.bucket.name, bench.bucket.endpoint
    settings.AXLE_S3_REGION = bench.bucket.region
    settings.AXLE_S3_ACCESS_KEY, settings.AXLE_S3_SECRET_KEY = bench.bucket.access_key, bench.bucket.secret_key
    files._store.cache_clear()
    yield bench
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_bucket_by_setting_keeps_files_by_their_hash(s3: Bench, tmp_path):
    stored = file_save(content=PNG, name="a.png", actor=ACTOR)
    assert s3.kept == {f"/axle-files/{stored.sha256}": PNG}
    assert file_read(stored.pk)[1] == PNG
    assert s3.told == [("PUT", f"/axle-files/{stored.sha256}", 200), ("GET", f"/axle-files/{stored.sha256}", 200)]
    assert list(tmp_path.iterdir()) == []


def test_a_bucket_that_refuses_or_is_away_keeps_nothing(s3: Bench, settings):
    s3.is_away = True
    with pytest.raises(FileStoreUnavailable) as away:
        file_save(content=PNG, name="a.png", actor=ACTOR)
    s3.is_away = False
    settings.AXLE_S3_SECRET_KEY = "another"
    files._store.cache_clear()
    with pytest.raises(FileStoreUnavailable) as refused:
        file_save(content=PNG, name="a.png", actor=ACTOR)
    assert (away.value.params["reason"], refused.value.params["reason"]) == ("HTTP 503", "HTTP 403")
    assert (s3.kept, StoredFile.objects.count()) == ({}, 0)


def test_bytes_that_changed_in_the_bucket_are_not_given_out(s3: Bench):
    stored = file_save(content=PNG, name="a.png", actor=ACTOR)
    s3.kept[f"/axle-files/{stored.sha256}"] = b"else"
    with pytest.raises(FileDamaged):
        file_read(stored.pk)


def test_the_signature_is_that_of_the_published_example():
    """The GET Object example of "Authenticating Requests (AWS Signature Version 4)"."""
    bucket = Bucket(
        "https://examplebucket.s3.amazonaws.com", "", "us-east-1",
        "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    )  # fmt: skip
    signed = signed_headers(
        bucket,
        method="GET",
        path="/test.txt",
        headers={"host": "examplebucket.s3.amazonaws.com", "range": "bytes=0-9"},
        digest=hashlib.sha256(b"").hexdigest(),
        at=datetime(2013, 5, 24, tzinfo=UTC),
    )
    assert signed["Authorization"].endswith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
