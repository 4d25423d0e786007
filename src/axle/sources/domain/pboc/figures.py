"""What is derived from a credit report (信用报告分析): the figures that rules, checks and scores see."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from axle.kernel.money import Fen

Reached = Literal["match", "differ", "unknown"]
"""Whether something of the form stands in the report; unknown when either of them says nothing."""


@dataclass(frozen=True, kw_only=True)
class CreditFigures:
    """A person's credit history without the person. Amounts in fen, ages in months, shares as fractions.

    None means "does not apply" (no card, so no use rate; never overdue, so no age of it); the report itself was read,
    so a count of zero is a zero. ``is_white``: the report shows no account at all (白户), and figures about accounts
    are then None. Those with a default came later: answers that were stored before do not tell them.
    """

    report_age_days: int
    is_white: bool
    score: int | None  # 数字解读, 0-1000; None when the report carries none
    score_position: int | None  # how many of a hundred people score lower
    # History
    months_since_first_account: int | None
    months_since_first_loan: int | None
    months_since_first_card: int | None
    months_since_first_housing_loan: int | None
    # Debts 负债
    open_accounts: int
    open_loans: int
    open_cards: int
    loan_institutions: int
    card_institutions: int
    open_car_loans: int  # 个人汽车消费贷款 and 融资租赁
    overdue_car_loans: int
    debt_fen: Fen  # balance of all open accounts, cards by what is used
    loan_balance_fen: Fen
    loan_balance_rate: Decimal | None  # balance over original amount of open loans
    unsecured_debt_fen: Fen  # loans without any security, and used cards
    card_limit_fen: Fen
    card_used_fen: Fen
    card_use_rate: Decimal | None  # over all cards
    card_use_rate_max: Decimal | None  # of the card that is used most
    institutions_using_70: int  # banks whose cards are used to more than 70 %
    institutions_using_80: int
    monthly_due_fen: Fen  # what open accounts ask for in a month, see ``analysis``
    loans_without_due: int  # loans of which the report does not tell what is due; not in ``monthly_due_fen``
    duty_fen: Fen  # balance of others' debts that this person answers for
    duty_overdue: int  # of them overdue or below normal class
    # Repayment habit 还款习惯
    status_24m: str  # the worst status of each of the 24 months before the report, oldest first
    worst_status_24m: int | None  # 0-7; 呆账 counts as 7
    worst_status_60m: int | None
    overdue_months_24m: int | None  # account months overdue
    overdue_months_60m: int | None
    overdue_peak_60m_fen: Fen | None
    accounts_overdue_3m: int
    accounts_overdue_6m: int
    accounts_overdue_12m: int
    accounts_overdue_24m: int
    accounts_m3_plus: int  # ever three or more terms behind
    months_since_overdue: int | None
    overdue_now_fen: Fen
    accounts_overdue_now: int
    worst_tier: str  # five-tier class 1-5; 6 default, 9 unclassified; "" without accounts
    clean_cards_6m: int  # cards of at least six months that were never overdue
    clean_cards_12m: int
    # Disposals 处置
    bad_debt_accounts: int  # 呆账
    asset_disposals: int  # 资产处置, 以资抵债
    guarantor_paid: int  # 代偿
    court_recoveries: int  # 司法追偿
    stopped_accounts: int  # 冻结, 止付
    extensions: int  # 展期, 债务减免, 延期
    enforcements_12m: int
    enforcements_24m: int
    enforcement_fen: Fen
    judgments_24m: int
    telecom_arrears_fen: Fen
    tax_arrears_fen: Fen
    # Enquiries 查询: loan, card and guarantee reasons; one institution counts once a month for one reason
    searches_1m: int
    searches_2m: int
    searches_3m: int
    searches_6m: int
    searches_12m: int
    searchers_1m: int
    searchers_3m: int
    searchers_6m: int
    searchers_12m: int
    months_since_loan_search: int | None
    months_since_card_search: int | None
    months_since_guarantee_search: int | None
    # Person
    fraud_alerts: int
    dissents: int
    statements: int
    marital: str  # the bureau's code: 10 single, 20 married, 30 widowed, 40 divorced, 91 single, "" or 99 unknown
    id_is_same: bool
    phone: Reached
    employer: Reached
    address: Reached
    addresses_24m: int  # addresses told within 24 months
    housing_fund_fen: Fen | None  # monthly deposit of a fund that is being paid into
    # Kinds of lenders of open loans, and penalties
    micro_loans: int | None = None  # 贷款公司, 小额贷款公司
    consumer_loans: int | None = None  # 消费金融公司
    car_loans: int | None = None  # 汽车金融公司
    lessor_loans: int | None = None  # 融资租赁公司
    penalties: int | None = None  # 行政处罚
    penalties_fen: Fen | None = None
    # In short
    has_bad_status: bool  # any disposal of the list above but extensions
