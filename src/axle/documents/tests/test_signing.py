"""Signatures: who, when, and that every kind of tampering is found."""

import io
import logging
import os
import stat
import subprocess
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from axle.documents.errors import SignatureEmpty, SignatureImageBroken, TimestampUnavailable
from axle.documents.ports import timestamp_application
from axle.documents.signing.local_ca import LocalAuthority
from axle.documents.signing.pades import SignatureAct, sign_pdf
from axle.documents.signing.seal import drawn_signature, seal_image
from axle.documents.signing.timestamping import HttpTimestamps
from axle.documents.signing.verification import verify_pdf

COMPANY = "车轴汽车金融有限公司"
QUERY = "application/timestamp-query"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("ca"))


def act(authority, paper, role, signature_png, stamper=None):
    is_person = role != "lender"
    return SignatureAct(
        place=next(place for place in paper.places if place.role == role),
        signer=authority.person(name="王样本", reference="WJ1")
        if is_person
        else authority.organisation(code="AXF", name=COMPANY),
        image=drawn_signature(signature_png) if is_person else seal_image(COMPANY),
        name="王样本" if is_person else COMPANY,
        reason="签署文件",
        stamper=stamper or authority.stamper(),
    )


@pytest.fixture
def signed(authority, contract_pdf, signature_png):
    """The contract signed by the borrower, then sealed by the lender."""
    once = sign_pdf(contract_pdf.content, act(authority, contract_pdf, "borrower", signature_png), contract_pdf.places)
    return sign_pdf(once, act(authority, contract_pdf, "lender", signature_png), contract_pdf.places)


def test_signed_and_sealed(authority, signed):
    report = verify_pdf(signed, [authority.root])
    assert report.is_intact
    assert report.findings == ()
    borrower, lender = report.signatures
    assert (borrower.signer, borrower.covers_all, borrower.changes_after) == ("王样本", False, "form_filling")
    assert (lender.signer, lender.covers_all, lender.changes_after) == (COMPANY, True, "none")
    assert all(one.is_valid and one.is_trusted and one.signed_at is not None for one in report.signatures)
    assert sorted(report.signatures, key=lambda one: str(one.signed_at)) == [borrower, lender]


def test_each_signature_adds_less_than_60_kilobytes(contract_pdf, signed):
    assert len(signed) - len(contract_pdf.content) < 2 * 60_000


def test_unsigned(authority, contract_pdf):
    report = verify_pdf(contract_pdf.content, [authority.root])
    assert (report.is_intact, report.findings) == (False, ("no_signature",))


def test_a_byte_changed_in_the_text(authority, signed):
    place = signed.index(b"/Producer") if b"/Producer" in signed else signed.index(b"/Type")
    tampered = bytearray(signed)
    tampered[place + 12] ^= 1
    report = verify_pdf(bytes(tampered), [authority.root])
    assert not report.is_intact


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35, 0.5, 0.65, 0.8])
def test_a_bit_flipped_anywhere(authority, signed, share):
    tampered = bytearray(signed)
    tampered[int(len(signed) * share)] ^= 4
    assert not verify_pdf(bytes(tampered), [authority.root]).is_intact


def test_an_update_painted_over_a_page(authority, signed):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    from pyhanko.pdf_utils import generic

    stream = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 100 600 300 80 re f"))
    writer.add_stream_to_page(0, stream)
    target = io.BytesIO()
    writer.write(target)
    report = verify_pdf(target.getvalue(), [authority.root])
    assert (report.is_intact, report.findings) == (False, ("changed_after_signing",))
    assert [one.changes_after for one in report.signatures] == ["other", "other"]


def test_truncated_empty_and_other_files(authority, signed):
    for content in (signed[:-2000], b"", b"%PDF-1.7", b"GIF89a"):
        assert not verify_pdf(content, [authority.root]).is_intact


def test_a_stranger_is_not_trusted(signed, tmp_path):
    report = verify_pdf(signed, [LocalAuthority(tmp_path).root])
    assert not report.is_intact
    assert "signer_not_trusted" in report.findings


def test_names_on_certificates_stay_out_of_the_log(signed, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG, logger="root"):
        verify_pdf(signed, [LocalAuthority(tmp_path).root])
    assert "王样本" not in caplog.text


def test_poppler_agrees(signed, tmp_path):
    """A verifier by other people: run where it is installed."""
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    try:
        told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        pytest.skip("pdfsig is not installed")
    assert told.count("Signature is Valid") == 2


def test_without_a_time_stamp_nothing_is_signed(authority, contract_pdf, signature_png):
    nobody = HttpTimestamps("http://127.0.0.1:9", seconds=1).stamper()
    with pytest.raises(TimestampUnavailable):
        sign_pdf(
            contract_pdf.content,
            act(authority, contract_pdf, "borrower", signature_png, nobody),
            contract_pdf.places,
        )


def _says(status, kind, body):
    def application(environ, start_response):
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    return application


@pytest.mark.parametrize(
    "application",
    [
        _says("500 Internal Server Error", "text/html", b"<h1>sorry</h1>"),
        _says("200 OK", "application/timestamp-reply", b"not a reply"),
        _says("200 OK", "application/timestamp-reply", b""),
        _says("200 OK", "application/timestamp-reply", b"\x30\x05\x30\x03\x02\x01\x02"),
    ],
    ids=["broken", "garbage", "empty", "refused"],
)
def test_an_authority_that_gives_no_time_stamp(authority, contract_pdf, signature_png, application):
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    stamper = HttpTimestamps(f"http://127.0.0.1:{server.server_port}/tsa").stamper()
    try:
        with pytest.raises(TimestampUnavailable):
            sign_pdf(
                contract_pdf.content,
                act(authority, contract_pdf, "borrower", signature_png, stamper),
                contract_pdf.places,
            )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        """Tests print nothing."""


@pytest.fixture
def served(tmp_path):
    """The sandbox's authority on a loopback port, and the root that verifiers trust."""
    server = make_server("127.0.0.1", 0, timestamp_application(tmp_path), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/tsa", LocalAuthority(tmp_path / "tsa").root
    server.shutdown()
    thread.join()
    server.server_close()


def test_time_stamps_over_http(authority, contract_pdf, signature_png, served):
    url, root = served
    borrower = act(authority, contract_pdf, "borrower", signature_png, HttpTimestamps(url).stamper())
    signed = sign_pdf(contract_pdf.content, borrower, contract_pdf.places)
    assert verify_pdf(signed, [authority.root, root]).is_intact
    assert not verify_pdf(signed, [authority.root]).is_intact


@pytest.mark.parametrize(
    ("method", "kind", "body"),
    [
        ("GET", "application/timestamp-query", b""),
        ("POST", "text/plain", b"x"),
        ("POST", "application/timestamp-query", b"x"),
    ],
)
def test_the_authority_refuses_what_is_no_query(tmp_path, method, kind, body):
    said = []
    environ = {
        "REQUEST_METHOD": method,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }

    def start_response(status, headers, failure=None):
        said.append(status)
        return said.append

    timestamp_application(tmp_path)(environ, start_response)
    assert said == ["400 Bad Request"]
    assert list(tmp_path.iterdir()) == []


def test_ports_are_light():
    """The sandbox imports them without Django and without the signing libraries."""
    heavy = ("django", "pyhanko", "cv2", "rapidocr")
    code = f"import sys, axle.documents.ports; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_keys_are_made_once_and_are_their_owners(tmp_path):
    folder = tmp_path / "ca"
    first, second = LocalAuthority(folder), LocalAuthority(folder)
    assert first.root.dump() == second.root.dump()
    one, other = (authority.organisation(code="AXF", name=COMPANY).signing_cert for authority in (first, second))
    assert one.dump() == other.dump()
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.key")} == {0o600}


def test_a_person_gets_a_new_key_each_time(authority):
    first = authority.person(name="王样本", reference="WJ1")
    assert (
        first.signing_cert.public_key.dump()
        != authority.person(name="王样本", reference="WJ1").signing_cert.public_key.dump()
    )


def test_the_seal_is_round_red_and_small():
    seal = seal_image(COMPANY)
    assert seal.size == (300, 300)
    assert seal.getpixel((0, 0)) == (200, 16, 32, 0)
    assert seal.getpixel((150, 150)) == (200, 16, 32, 215)


def png(image):
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", SignatureImageBroken),
        (b"not a png", SignatureImageBroken),
        (png(Image.new("RGBA", (300, 100), (0, 0, 0, 0))), SignatureEmpty),
        (png(Image.new("RGB", (300, 100), (255, 255, 255))), SignatureEmpty),
        (png(Image.new("L", (5000, 10), 0)), SignatureImageBroken),
    ],
)
def test_what_is_no_signature(content, refusal):
    with pytest.raises(refusal):
        drawn_signature(content)


def test_fields_are_prepared_for_all_parties_at_the_first_signature(authority, contract_pdf, signature_png):
    once = sign_pdf(contract_pdf.content, act(authority, contract_pdf, "borrower", signature_png), contract_pdf.places)
    reader = PdfFileReader(io.BytesIO(once))
    assert sorted(field.get_object()["/T"] for field in reader.root["/AcroForm"]["/Fields"]) == ["borrower", "lender"]
