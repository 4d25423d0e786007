"""Adapters built from addresses and key files, for ``axle.config.wiring`` to install."""

from pathlib import Path

from axle.integrations.bank_sandbox.gateway import BankSandboxGateway
from axle.integrations.bank_sandbox.wire import BankLink
from axle.integrations.data_sources.adapter import VendorSource
from axle.integrations.data_sources.connected import sources_connected
from axle.integrations.sms_gateway.gateway import SandboxSmsGateway, SmsLink

__all__ = [
    "BankLink",
    "BankSandboxGateway",
    "SandboxSmsGateway",
    "SmsLink",
    "bank_sandbox",
    "data_sources_sandbox",
    "sms_sandbox",
]

BANK_CHANNEL = "bank_sandbox"
BANK_NOTICE_PATH = "/api/v1/callbacks/bank/bank_sandbox"
SMS_REPORT_PATH = "/api/v1/callbacks/sms"


def bank_sandbox(*, sandbox_url: str, own_url: str, keys: Path, read_seconds: float = 8.0) -> BankSandboxGateway:
    """The adapter of channel ``bank_sandbox``; ``own_url`` is where the bank reaches this installation."""
    return BankSandboxGateway(
        BankLink(
            base_url=sandbox_url,
            notify_url=own_url.rstrip("/") + BANK_NOTICE_PATH,
            client_key=keys / "bank_client.pem",
            bank_key=keys / "bank_sandbox.pub.pem",
            read_seconds=read_seconds,
        )
    )


def sms_sandbox(*, sandbox_url: str, own_url: str, keys: Path) -> SandboxSmsGateway:
    """The SMS adapter."""
    return SandboxSmsGateway(
        SmsLink(
            base_url=sandbox_url,
            notify_url=own_url.rstrip("/") + SMS_REPORT_PATH,
            secret=keys / "sms_gateway.secret",
        )
    )


def data_sources_sandbox(*, sandbox_url: str, own_url: str, keys: Path) -> dict[str, VendorSource]:
    """The adapters of all data sources."""
    return sources_connected(base_url=f"{sandbox_url.rstrip('/')}/sources", own_url=own_url, keys=keys)
