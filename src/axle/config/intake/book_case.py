"""A row of a book as a case: its terms, and what its strategy is told. Nothing here is looked up."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from axle.amortization.public import Terms, schedule
from axle.config.intake.book_row import BookRow
from axle.kernel.dates import add_months
from axle.kernel.money import Fen
from axle.product.public import ProductVersionView


@dataclass(frozen=True)
class BookProduct:
    """The book's product on a day: its version, the cap on annual cost, and terms that a row's are made from."""

    version: ProductVersionView
    rate_cap: Decimal
    pattern: Terms

    def terms(self, row: BookRow, start_on: date) -> Terms:
        """The row's own terms from a start date, with its own distance to the first instalment.

        Interest of a first period longer than a month is paid with the last instalment, so that every other one is
        the level payment that the servicer asks for. Errors: those of ``amortization`` for impossible terms.
        """
        return dataclasses.replace(
            self.pattern,
            principal=row.amount,
            annual_rate=row.annual_rate,
            periods=row.periods,
            start_on=start_on,
            first_due_on=add_months(start_on, row.months_before_first),
            stub="last",
        )

    def instalment(self, row: BookRow) -> Fen:
        """The row's level payment by its own terms."""
        return schedule(self.terms(row, row.originated_on)).instalment


def decision_inputs(row: BookRow, product: BookProduct, instalment: Fen) -> dict[str, Any]:
    """The input of the book's strategy, in the months of the file; null where nobody said."""
    return {
        "applied_on": row.originated_on,
        "matures_on": row.matures_on,
        "loan_amount_fen": row.amount,
        "term_months": row.periods,
        "annual_rate": row.annual_rate,
        "instalment_fen": instalment,
        "is_subvented": row.is_subvented,
        "bureau_score": row.score,
        "payment_to_income_rate": row.payment_to_income,
        "has_co_obligor": row.has_co_obligor,
        "is_underwritten": row.is_underwritten,
        "income_check": row.income_check,
        "vehicle_kind": row.vehicle_kind,
        "vehicle_class": row.vehicle_class,
        "vehicle_value_fen": row.vehicle_value,
        "vehicle_age_months": row.vehicle_age_months,
        **_product_inputs(row, product),
    }


def _product_inputs(row: BookRow, product: BookProduct) -> dict[str, Any]:
    terms = product.version.terms
    return {
        "product_code": product.version.code,
        "loan_amount_min_fen": terms.amount_min,
        "loan_amount_max_fen": terms.amount_max,
        "term_min_months": min(terms.terms),
        "term_cap_months": max(terms.terms),
        "rate_cap": product.rate_cap,
        "ltv_cap_rate": terms.ltv_cap(row.vehicle_kind, "ice", "private"),
        "vehicle_age_cap_months": terms.vehicle_age_max_months,
    }
