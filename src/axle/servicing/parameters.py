"""Dated parameters of servicing."""

from decimal import Decimal

from axle.platform.public import parameter
from axle.servicing.domain.credit_loss import accrual_policy
from axle.servicing.domain.debit_days import debit_rule
from axle.servicing.domain.inspections import inspection_rules
from axle.servicing.domain.papers import papers
from axle.servicing.domain.reminders import reminder_days
from axle.servicing.domain.standing import collateral_ranks
from axle.servicing.domain.warnings import car_value_rules, id_expiry_days, warning_days
from axle.servicing.domain.write_offs import write_off_rules

QUOTE_AHEAD_DAYS = parameter("servicing.payoff_quote_ahead_days", type_=int, default=30, minimum=0, maximum=90)
QUOTE_GRACE_DAYS = parameter("servicing.payoff_quote_grace_days", type_=int, default=2, minimum=0, maximum=10)
DUE_DAY_CHANGES = parameter("servicing.due_day_changes_per_loan", type_=int, default=2, minimum=0, maximum=12)
EXTENSIONS = parameter("servicing.extensions_per_loan", type_=int, default=1, minimum=0, maximum=12)
TERM_MONTHS = parameter("servicing.longest_term_months", type_=int, default=60, minimum=1, maximum=480)
CLASS_DAYS = parameter("servicing.class_days", type_=list, default=[7, 90, 270, 360], source="REG-CBIRC-2023-1")
"""Days past due after which a loan is at least special mention, substandard, doubtful and loss."""
IS_CLASSED_BY_CUSTOMER = parameter("servicing.class_by_customer", type_=bool, default=True, source="REG-CBIRC-2023-1")
CLASS_BY_COLLATERAL = parameter(
    "servicing.class_by_collateral",
    type_=dict,
    default={"car_pledged": "substandard", "vin_differs": "substandard", "not_seen": "special_mention"},
    check=collateral_ranks,
    source="REG-CBIRC-2023-1",
)
"""The class that a loan has at least when its last inspection says this of its car."""
OBSERVATION_MONTHS = parameter(
    "servicing.observation_months", type_=int, default=12, minimum=12, maximum=60, source="REG-CBIRC-2023-1"
)
CURE_MONTHS = parameter("servicing.cure_months", type_=int, default=6, minimum=1, maximum=24, source="REG-CBIRC-2023-1")
STAGE_2_DAYS = parameter("servicing.stage_2_days", type_=int, default=30, minimum=0, maximum=90, source="REG-CAS-22")
LOSS_PARAMETERS = parameter(
    "servicing.loss_parameters",
    type_=dict,
    default={
        "common": {
            "pd": "0.02",
            "lgd": "0.45",
            "pds": ["0.12", "0.0704", "0.05", "0.04", "0.03"],
            "recovered": "0.55",
            "recovered_years": "0.5",
            "scenarios": [
                {"name": "base", "weight": "0.6", "factor": "1"},
                {"name": "up", "weight": "0.2", "factor": "0.85"},
                {"name": "down", "weight": "0.2", "factor": "1.15"},
            ],
        },
        "products": {},
    },
    source="REG-CAS-22",
)
"""Probabilities of default within a year and by year of life, loss given default, what of an impaired loan comes back
and when, and scenarios whose factors weigh the probabilities; a product may have its own of each."""
RISK_COEFFICIENTS = parameter(
    "servicing.risk_coefficients",
    type_=dict,
    default={
        "normal": "0.015",
        "special_mention": "0.03",
        "substandard": "0.3",
        "doubtful": "0.6",
        "loss": "1",
    },
    source="REG-MOF-2012-20",
)
NON_ACCRUAL_DAYS = parameter(
    "servicing.non_accrual_days", type_=int, default=90, minimum=30, maximum=360, source="REG-CAS-22"
)
ACCRUAL_POLICY = parameter(
    "servicing.accrual_policy", type_=str, default="non_accrual", check=accrual_policy, source="REG-CAS-22"
)
"""``non_accrual``: interest is income on receipt once a loan is that late; ``stage_3_net``: it accrues on the net."""
ACCELERATION_PERIODS = parameter("servicing.acceleration_unpaid_periods", type_=int, default=2, minimum=1, maximum=12)
WRITE_OFF_RULES = parameter(
    "servicing.write_off_rules",
    type_=list,
    default=[
        {
            "ground": "long_overdue",
            "classes": ["doubtful", "loss"],
            "least_days_past_due": 180,
            "evidence": ["collection_record"],
        },
        {"ground": "enforcement_ended", "least_days_past_due": 90, "evidence": ["court_ruling", "collection_record"]},
        {"ground": "bankruptcy", "evidence": ["court_ruling"]},
        {"ground": "death", "evidence": ["death_certificate"]},
        {"ground": "disposal_loss", "least_days_past_due": 90, "evidence": ["disposal_statement"]},
    ],
    check=write_off_rules,
    source="REG-MOF-2017-90",
)
"""On which ground loans may be written off: class, days past due, kinds of evidence that are filed with the loan."""
WRITE_OFF_AUTHORITY = parameter("servicing.write_off_authority_fen", type_=int, default=100_000_00, minimum=0)
"""Up to this principal a reviewer decides alone; above it those who may decide on large ones."""
REMINDER_DAYS = parameter("servicing.reminder_days", type_=list, default=[3, 1, 0, -1], check=reminder_days)
"""How many days before an instalment is due its debtor is reminded; after it, when negative."""
DEBIT_ON_HOLIDAYS = parameter("servicing.debit_on_holidays", type_=str, default="keep", check=debit_rule)
"""When an instalment is debited that falls due on a day on which banks rest: ``keep`` (on it all the same), ``next`` or
``previous`` working day. Loans whose terms have a rule of their own follow that."""
HOLIDAY_PERIODS = parameter("servicing.holiday_periods", type_=int, default=6, minimum=0, maximum=60)
SUSPENSE_DAYS = parameter("servicing.suspense_report_days", type_=int, default=30, minimum=1, maximum=365)
EXTENSION_DAYS = parameter("servicing.extension_longest_days", type_=int, default=1096, minimum=1, maximum=3660)
EXTENSION_OVERDUE_DAYS = parameter("servicing.extension_overdue_days", type_=int, default=0, minimum=0, maximum=90)
EXTENSION_FEE_RATE = parameter(
    "servicing.extension_fee_rate", type_=Decimal, default=Decimal(0), minimum=Decimal(0), maximum=Decimal("0.05")
)
SIGNED_KINDS = parameter(
    "servicing.signed_changes",
    type_=list,
    default=["extension", "restructuring", "agreed_plan"],
    source="REG-CIVIL-543",
)
GUARANTOR_SIGNED_KINDS = parameter(
    "servicing.guarantor_signed_changes",
    type_=list,
    default=["extension", "restructuring", "agreed_plan", "debt_transfer"],
    source="REG-CIVIL-695",
)
"""Changes that a guarantor agrees to as well, and ``guarantor_change`` where a new one is to sign."""
SIGNING_DAYS = parameter("servicing.signing_days", type_=int, default=7, minimum=1, maximum=60)
PAPER_READ_SECONDS = parameter("servicing.paper_read_seconds", type_=int, default=5, minimum=0, maximum=120)
SETTLING_RESIDUE = parameter("servicing.settling_residue_fen", type_=int, default=100, minimum=0, maximum=10_000)
TOLERANCE = parameter("servicing.arrears_tolerance_fen", type_=int, default=0, minimum=0, maximum=10_000)
"""Up to this many fen that a payment leaves of what is due are let go: such a residue is no arrears."""
LIEN_RELEASE_DAYS = parameter("servicing.lien_release_working_days", type_=int, default=10, minimum=1, maximum=60)
ARCHIVE_CONTENTS = parameter(
    "servicing.archive_contents", type_=list, default=["contract", "registration_certificate"], check=papers
)
"""Kinds of papers that a settled loan's file must hold when it is handed over."""
CLEAN_UP_PERCENT = parameter("servicing.clean_up_call_percent", type_=int, default=10, minimum=0, maximum=100)
INSPECTION_RULES = parameter(
    "servicing.inspection_rules",
    type_=list,
    default=[
        {"classes": ["substandard", "doubtful", "loss"], "every_months": 1, "inspector": "field", "within_days": 10},
        {"classes": ["special_mention"], "every_months": 3, "inspector": "manager", "within_days": 15},
        {"dealer_grades": ["D"], "every_months": 3, "inspector": "manager", "within_days": 15},
        {"least_principal_fen": 300_000_00, "every_months": 3, "inspector": "manager", "within_days": 15},
        {"every_months": 6, "inspector": "dealer", "within_days": 30},
    ],
    check=inspection_rules,
    source="REG-PERSONAL-LOAN-2024",
)
"""Which loans are inspected how often, by whom, within how long: the first rule that fits counts."""
INSPECTION_PHOTOS = parameter("servicing.inspection_photos", type_=int, default=2, minimum=0, maximum=20)
INSPECTION_OPINION_MONTHS = parameter(
    "servicing.inspection_opinion_months", type_=int, default=6, minimum=1, maximum=24
)
"""How long a class that an inspection led to holds against the rules."""

CAR_VALUE_WARNINGS = parameter(
    "servicing.car_value_warnings",
    type_=list,
    default=[{"yellow": "1", "orange": "1.1", "red": "1.2", "least_fall": "0.05"}],
    check=car_value_rules,
)
"""From which ratio of the principal owed to the car's present value on a loan is warned of, by level, and by more than
what share prices must have fallen since it was disbursed; by product, vehicle class, energy and series: the first rule
that fits counts."""
ID_EXPIRY_DAYS = parameter(
    "servicing.id_expiry_warning_days", type_=dict, default={"yellow": 60, "orange": 15}, check=id_expiry_days
)
"""How many days before a debtor's id expires there is a warning, by level; once it has expired, it is red."""
WARNING_DAYS = parameter(
    "servicing.warning_handling_days", type_=dict, default={"yellow": 15, "orange": 7, "red": 3}, check=warning_days
)
"""Within how many days a warning of each level is to be closed by somebody."""
