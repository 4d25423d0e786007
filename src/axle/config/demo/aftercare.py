"""What really runs on loans: money too much and money that nobody knows, refunds, lien releases, sales."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from axle.config.demo.identifiers import bank_account
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.kernel.money import Fen
from axle.platform.public import TABLE, acting, actor_named, file_save
from axle.servicing.errors import PoolEmpty
from axle.servicing.public import (
    LoanView,
    PoolCriteria,
    PoolDeal,
    ReceiptData,
    claim_buy_back,
    lien_release_complete,
    lien_release_open,
    loan_get,
    loans_settled,
    pool_approve,
    pool_carry_out,
    pool_close,
    pool_create,
    pool_loans_sold,
    receipt_confirm,
    receipt_file_enter,
    receipt_file_register,
    receipt_register,
    refund_approve,
    refund_reject,
    refund_request,
)

_BANK = "沙箱银行"
_UNKNOWN = (
    (3_280_00, 4, "王秀英", "还车贷"),
    (5_126_40, 12, "上海某某商贸有限公司", "代员工还款"),
    (1_999_99, 43, "未知付款人", ""),
)
"""Amount, days ago, payer and remark of money that nobody has claimed."""
_OVERPAID = ((500_00, 300_00, "requested"), (800_00, 800_00, "paying"), (260_00, 260_00, "rejected"))
"""What came too much, what of it is asked back, and how far that has come."""


def unmatched_money(place: Place) -> None:
    """Receipts without a loan, confirmed."""
    for number, (amount, days, payer, remark) in enumerate(_UNKNOWN):
        _received(place, None, amount, number, payer=payer, days=days, remark=remark)


def receipt_file(place: Place, loan_nos: list[str]) -> None:
    """A file of a debit service that waits for finance; one of its rows names no loan of ours."""
    cashier = actor_named("cashier")
    payers = [(number, loan_get(number).customer_name) for number in loan_nos] + [("LN404", "未知付款人")]
    rows = [f"{number},1000.00,{BUSINESS_ON},{payer},DEMOPF{serial}" for serial, (number, payer) in enumerate(payers)]
    content = "\n".join(["借据号,金额,到账日,付款人,银行流水号", *rows]).encode()
    with acting(cashier, "receipt_file_register"):
        stored = file_save(content=content, name="代扣回盘.csv", allowed=(TABLE,), actor=cashier)
        file = receipt_file_register(
            actor=cashier,
            file_id=stored.pk,
            bank_account_id=place.bank_account_id,
            legal_entity_id=place.entity_id,
        )
    receipt_file_enter(file.file_no)


def refunds(place: Place, loan_nos: list[str]) -> None:
    """Money too much on some loans, and the requests to pay it back."""
    cashier, checker = actor_named("cashier"), actor_named("checker")
    for number, (loan_no, (came, asked, state)) in enumerate(zip(loan_nos, _OVERPAID, strict=False), len(_UNKNOWN)):
        account = bank_account(8_000 + number)
        receipt_no = _received(place, loan_get(loan_no), came, number, payer=loan_get(loan_no).customer_name)
        with acting(cashier, "refund_request"):
            refund = refund_request(
                actor=cashier,
                receipt_no=receipt_no,
                amount=Fen(asked),
                payee_bank=_BANK,
                reason="客户重复还款",
            )
        if state == "paying":
            with acting(checker, "refund_approve"):
                refund_approve(actor=checker, refund_no=refund.refund_no, account_tail=account[-4:], opinion="已核对")
        elif state == "rejected":
            with acting(checker, "refund_reject"):
                refund_reject(actor=checker, refund_no=refund.refund_no, opinion="下期应还将自动抵扣")


def lien_releases() -> None:
    """The cars of the loans that were settled last; one is free already, one should be."""
    clerk = actor_named("contract_clerk")
    for number, loan in enumerate(loans_settled(clerk, 5)):
        with acting(clerk, "lien_release_open"):
            release = lien_release_open(loan_id=loan.id, settled_on=loan.settled_on or BUSINESS_ON)
        if number == 4:
            with acting(clerk, "lien_release_complete"):
                lien_release_complete(
                    actor=clerk, release_no=release.release_no, released_on=BUSINESS_ON, evidence_no="31000000219845"
                )


def claim_pools(place: Place) -> None:
    """Pools of claims as far as they come: to be decided on, agreed, sold with one claim bought back, and pledged.

    A book of a few loans has none that may be sold, or not enough for all of them.
    """
    with suppress(PoolEmpty):
        _approve(_pool(place, "2026年第一期资产包", "0.985"))
        _pool(place, "2026年第二期资产包", "1")
        sold = _pool(place, "2026年第三期资产包", "0.99", most_principal=300_000_00)
        _carry_out(sold)
        _buy_back(sold)
        _carry_out(_pool(place, "2026年质押融资资产包", "0.8", most_principal=300_000_00, is_true_sale=False))


def _pool(place: Place, name: str, rate: str, *, most_principal: int = 500_000_00, is_true_sale: bool = True) -> str:
    seller = actor_named("accountant")
    deal = PoolDeal(
        name=name,
        buyer_name="远航资产管理有限公司",
        buyer_bank=_BANK,
        buyer_account=bank_account(8_900),
        closes_on=BUSINESS_ON,
        price_rate=Decimal(rate),
        is_true_sale=is_true_sale,
    )
    criteria = PoolCriteria(least_months_left=6, most_principal=most_principal)
    with acting(seller, "pool_create"):
        return pool_create(actor=seller, legal_entity_id=place.entity_id, deal=deal, criteria=criteria).pool_no


def _approve(pool_no: str) -> None:
    checker = actor_named("finance_manager")
    with acting(checker, "pool_approve"):
        pool_approve(actor=checker, pool_no=pool_no, opinion="价格公允，同意转让")


def _carry_out(pool_no: str) -> None:
    _approve(pool_no)
    with acting(actor_named("accountant"), "pool_close"):
        pool_close(pool_no=pool_no)
    pool_carry_out(pool_no)


def _buy_back(pool_no: str) -> None:
    """The first claim of a pool turns out not to have been eligible."""
    seller = actor_named("accountant")
    with acting(seller, "claim_buy_back"):
        (loan_no, *_others) = pool_loans_sold(pool_no)
        claim_buy_back(actor=seller, pool_no=pool_no, loan_no=loan_no, reason="抵押登记有瑕疵，不合格资产回购")


def _received(
    place: Place, loan: LoanView | None, amount: int, number: int, *, payer: str, days: int = 0, remark: str = ""
) -> str:
    cashier, accountant = actor_named("cashier"), actor_named("accountant")
    data = ReceiptData(
        amount=Fen(amount),
        value_on=BUSINESS_ON - timedelta(days=days),
        channel="transfer",
        bank_account_id=place.bank_account_id,
        payer_name=payer,
        payer_account=bank_account(8_000 + number),
        bank_serial=f"DEMOIN{number:04d}",
        note=remark,
    )
    with acting(cashier, "receipt_register"):
        receipt = receipt_register(
            actor=cashier, data=data, loan_no=loan.loan_no if loan else None, legal_entity_id=place.entity_id
        )
    with acting(accountant, "receipt_confirm"):
        receipt_confirm(actor=accountant, receipt_no=receipt.receipt_no)
    return receipt.receipt_no
