"""Which commands a row's state allows; permissions narrow them further."""

from collections.abc import Mapping

from axle.origination.domain.lifecycle import (
    APPROVED,
    DECLINED,
    DRAFT,
    DRAFTED,
    IN_REVIEW,
    PREPARING,
    REGISTERED,
    RETURNED,
    SENT,
    SIGNED,
    SIGNING,
    SUBMITTED,
)

_EDIT = ("application_save_draft", "application_submit", "application_withdraw")

APPLICATION_COMMANDS: Mapping[str, tuple[str, ...]] = {
    DRAFT: _EDIT,
    RETURNED: _EDIT,
    SUBMITTED: ("application_withdraw",),
    IN_REVIEW: ("application_withdraw",),
    APPROVED: ("contract_create", "application_review_ask", "application_withdraw"),
    DECLINED: ("application_review_ask",),
}
CONTRACT_COMMANDS: Mapping[str, tuple[str, ...]] = {
    DRAFTED: ("contract_send_for_signing", "contract_void"),
    SENT: ("contract_send_for_signing", "contract_void", "signing_code_send", "contract_sign"),
    SIGNING: ("contract_void",),
    SIGNED: ("contract_void",),
}
DISBURSEMENT_COMMANDS: Mapping[str, tuple[str, ...]] = {
    PREPARING: ("disbursement_check", "condition_confirm", "disbursement_register"),
    REGISTERED: ("disbursement_approve", "disbursement_reject"),
}
