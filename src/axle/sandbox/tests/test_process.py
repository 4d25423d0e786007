"""The sandbox as an operator sees it: start, keys, stop, a taken port, requests that make no sense."""

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from asn1crypto import tsp

from axle.integrations.testing import SandboxProcess, sandbox_running


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with sandbox_running(tmp_path_factory.mktemp("process"), is_manual=False) as running:
        yield running


SHARED_WITH_SOURCES = (
    "address",
    "battery",
    "company",
    "court",
    "device",
    "employer_contact",
    "identity",
    "income_tax",
    "industry_list",
    "insurance",
    "invoice",
    "lending",
    "licence",
    "notices",
    "phone",
    "registration",
    "social_insurance",
    "telematics",
    "valuation_a",
    "valuation_b",
    "vehicle_history",
    "work_platform",
)


def test_keys_are_made_once_and_private_ones_are_ours_alone(sandbox: SandboxProcess) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in sandbox.keys.iterdir()}
    assert modes == {
        "bank_client.pem": 0o600,
        "bank_client.pub.pem": 0o644,
        "bank_sandbox.pem": 0o600,
        "bank_sandbox.pub.pem": 0o644,
        "sms_gateway.secret": 0o600,
        "source_client.pem": 0o600,
        "source_client.pub.pem": 0o644,
        "source_party.pem": 0o600,
        "source_party.pub.pem": 0o644,
        **{f"source_{name}.secret": 0o600 for name in SHARED_WITH_SOURCES},
    }
    before = {path.name: path.read_bytes() for path in sandbox.keys.iterdir()}
    sandbox.kill()
    sandbox.start()
    assert {path.name: path.read_bytes() for path in sandbox.keys.iterdir()} == before


def test_stops_cleanly_on_a_signal(sandbox: SandboxProcess) -> None:
    assert sandbox.stop() == 0
    sandbox.start()


def test_taken_port_is_one_clear_line(sandbox: SandboxProcess, tmp_path) -> None:
    environment = {**os.environ, "AXLE_VAR": str(tmp_path), "AXLE_SANDBOX_PORT": str(sandbox.port)}
    second = subprocess.run(
        [sys.executable, "-m", "axle.sandbox"], env=environment, capture_output=True, text=True, timeout=30
    )
    assert second.returncode == 1
    assert second.stderr.splitlines() == [
        f"axle.sandbox ERROR cannot listen on 127.0.0.1:{sandbox.port}: Address already in use;"
        " set AXLE_SANDBOX_PORT to a free port"
    ]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nowhere", b"", 404),
        ("GET", "/bank/gateway/payout/submit/V1", b"", 404),
        ("POST", "/sms/send", b"{", 401),
        ("POST", "/control/bank", b"{", 400),
        ("POST", "/control/bank", b"[]", 400),
        ("POST", "/control/bank", b'{"behaviour": "generous"}', 400),
        ("POST", "/control/bank/credit", b"{}", 400),
        ("POST", "/control/run", b'{"seconds": "now"}', 400),
        ("POST", "/bank/gateway/payout/submit/V1", b"\xff\xfe", 400),
    ],
)
def test_senseless_requests(sandbox: SandboxProcess, method: str, path: str, body: bytes, status: int) -> None:
    reply = httpx.request(method, sandbox.url + path, content=body, trust_env=False)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/json; charset=utf-8")


def test_time_stamp_authority_answers_under_its_prefix(sandbox: SandboxProcess) -> None:
    digest = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"\x01" * 32}
    query = tsp.TimeStampReq({"version": 1, "message_imprint": digest, "nonce": 7, "cert_req": True}).dump()
    headers = {"Content-Type": "application/timestamp-query"}
    reply = httpx.post(f"{sandbox.url}/tsa", content=query, headers=headers, trust_env=False, timeout=30)
    stamped = tsp.TimeStampResp.load(reply.content)
    assert stamped["status"]["status"].native == "granted"
    info = stamped["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert info["nonce"].native == 7
