"""What messaging needs from an SMS gateway; the adapter is installed by ``config.wiring``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from axle.messaging.errors import SmsGatewayMissing


class SmsOutcome(StrEnum):
    """What became of one send. REFUSED: the gateway will never take it; UNAVAILABLE: try again later."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class SmsRequest:
    """One text for one phone; ``request_no`` is ours, by which the gateway sends at most once."""

    request_no: str
    phone: str
    template: str
    variables: Mapping[str, str]
    content: str


@dataclass(frozen=True)
class SmsReply:
    """The gateway's answer at once."""

    outcome: SmsOutcome
    batch_id: str = ""
    code: str = ""


@dataclass(frozen=True)
class SmsReport:
    """What the operator said later: ``is_delivered`` and its own code."""

    request_no: str
    is_delivered: bool
    code: str


class SmsGateway(Protocol):
    """A text-message provider."""

    def send(self, request: SmsRequest) -> SmsReply:
        """Send one text. Never raises for trouble outside."""
        ...

    def reports_read(self, headers: Mapping[str, str], body: bytes) -> Sequence[SmsReport]:
        """Verify and read a status report. Errors: SmsReportRefused."""
        ...


_installed: list[SmsGateway] = []


def sms_gateway_install(gateway: SmsGateway) -> None:
    """Connect the provider; done once, in ``axle.config.wiring``."""
    _installed[:] = [gateway]


def sms_gateway() -> SmsGateway:
    """The provider. Errors: SmsGatewayMissing."""
    if not _installed:
        raise SmsGatewayMissing()
    return _installed[0]
