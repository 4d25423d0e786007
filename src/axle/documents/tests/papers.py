"""Data for the templates: a loan of 120,000.00 over twelve months with level principal."""

from datetime import date
from typing import Any


def contract_data(**changes: Any) -> dict[str, Any]:
    """A contract whose figures agree; ``changes`` replace top-level keys."""
    lender = {"name": "车轴汽车金融有限公司", "uscc": "91310000MA1FL0000X", "address": "上海市浦东新区示例路1号"}
    borrower = {
        "name": "王样本",
        "id_no": "999902196907211161",
        "phone": "13800000000",
        "address": "上海市浦东新区样本路218号",
    }
    data = {
        "contract_no": "HT20261122000001",
        "made_on": date(2026, 11, 22),
        "lender": lender,
        "borrower": borrower,
        "dealer_name": "样本华驰汽车销售服务有限公司",
        "vehicle": {
            "description": "大众牌 SVW71410",
            "vin": "LHGT7Z7R2KB972374",
            "condition": "new",
            "price": 18000000,
        },
        "loan": {
            "principal": 12000000,
            "down_payment": 6000000,
            "periods": 12,
            "method": "level_principal",
            "annual_rate": "0.0600",
            "irr_annual": "0.0617",
            "penalty_rate": "0.0900",
            "grace_days": 3,
            "start_on": date(2026, 11, 22),
            "first_due_on": date(2026, 12, 22),
            "last_due_on": date(2027, 11, 22),
            "early_settlement": "乙方可在还款满三期后申请提前结清，按剩余本金的 1% 支付手续费。",
        },
        "payee": {"name": "样本华驰", "bank_name": "中国工商银行", "account_no": "6222020009903105352"},
        "repayment_account": {"name": "王样本", "bank_name": "招商银行", "account_no": "6214830123456786"},
        "schedule": [_row(number) for number in range(1, 13)],
        "cost": cost_data(),
    }
    return data | changes


def cost_data() -> dict[str, Any]:
    """The cost sheet of the same loan."""
    interest = {
        "name": "利息",
        "collection_way": "按期收取",
        "standard": "合同年利率 6.00%",
        "collecting_party": "车轴汽车金融有限公司",
        "amount": 390000,
        "annualised": "0.0617",
    }
    penalty = {"name": "罚息", "standard": "逾期本金按年利率 9.00% 计收", "collecting_party": "车轴汽车金融有限公司"}
    return {"principal": 12000000, "items": [interest], "total_annualised": "0.0617", "contingent": [penalty]}


def disclosure_data() -> dict[str, Any]:
    """The cost sheet as a document of its own."""
    contract = contract_data()
    return {key: contract[key] for key in ("contract_no", "made_on", "lender", "borrower", "cost")}


_OF_LOAN: dict[str, Any] = {
    "made_on": date(2027, 11, 22),
    "lender": {"name": "车轴汽车金融有限公司"},
    "borrower_name": "王样本",
    "borrower_id_no": "999902196907211161",
    "contract_no": "HT20261122000001",
    "loan_no": "JJ20261122000001",
}
"""What every paper about the loan says."""


def payoff_data() -> dict[str, Any]:
    """A payoff letter for the same loan."""
    return {
        "letter_no": "JQ20271122000001",
        **_OF_LOAN,
        "principal": 12000000,
        "start_on": date(2026, 11, 22),
        "settled_on": date(2027, 11, 22),
        "vehicle": "大众牌 SVW71410",
        "vin": "LHGT7Z7R2KB972374",
    }


def change_notice_data() -> dict[str, Any]:
    """The notice of an extension of the same loan by one instalment, of which two are left."""
    plan = {"annual_rate": "0.0899", "next_due_on": date(2027, 12, 22), "next_due": 1000000}
    row = {"interest": 8988, "fee": 0, "principal": 600000, "total": 608988}
    return {
        "notice_no": "TZ20271122000001",
        **_OF_LOAN,
        "change_no": "BG20271122000001",
        "executed_on": date(2027, 11, 22),
        "change": "extension",
        "before": plan | {"instalments_left": 1, "matures_on": date(2027, 12, 22), "total_to_come": 1208990},
        "after": plan | {"instalments_left": 2, "matures_on": date(2028, 1, 22), "total_to_come": 1217976},
        "schedule": [
            row | {"no": 12, "due_on": date(2027, 12, 22), "balance": 600000},
            row | {"no": 13, "due_on": date(2028, 1, 22), "balance": 0},
        ],
    }


def receipt_data() -> dict[str, Any]:
    """A receipt of 1,060.53."""
    return {
        "receipt_no": "SJ20261222000001",
        "made_on": date(2026, 12, 22),
        "lender": {"name": "车轴汽车金融有限公司"},
        "payer_name": "王样本",
        "loan_no": "JJ20261122000001",
        "amount": 106053,
        "channel": "银行转账",
        "parts": [{"name": "本金", "amount": 100000}, {"name": "利息", "amount": 6053}],
    }


def _row(number: int) -> dict[str, Any]:
    opening = 12000000 - (number - 1) * 1000000
    interest = opening * 6 // 100 // 12
    due = date(2026 + (11 + number - 1) // 12, (11 + number - 1) % 12 + 1, 22)
    return {
        "no": number,
        "due_on": due,
        "principal": 1000000,
        "interest": interest,
        "total": 1000000 + interest,
        "balance": opening - 1000000,
    }
