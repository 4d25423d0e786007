"""A gateway in memory that answers as the test says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from axle.messaging.errors import SmsReportRefused
from axle.messaging.ports import SmsOutcome, SmsReply, SmsReport, SmsRequest, sms_gateway_install


@dataclass
class ScriptedGateway:
    """``replies`` are given one after the other; the last one repeats."""

    replies: list[SmsReply] = field(default_factory=lambda: [SmsReply(SmsOutcome.ACCEPTED, "B1")])
    sent: list[SmsRequest] = field(default_factory=list)
    reports: dict[bytes, Sequence[SmsReport]] = field(default_factory=dict)

    def send(self, request: SmsRequest) -> SmsReply:
        self.sent.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def reports_read(self, headers: Mapping[str, str], body: bytes) -> Sequence[SmsReport]:
        if headers.get("X-Sms-Signature") != "right":
            raise SmsReportRefused()
        return self.reports[body]


@pytest.fixture
def gateway() -> ScriptedGateway:
    scripted = ScriptedGateway()
    sms_gateway_install(scripted)
    return scripted
