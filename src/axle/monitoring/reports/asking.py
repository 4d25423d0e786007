"""What reports of risk figures are asked by."""

from datetime import date

from axle.decisioning.public import Words
from axle.monitoring.selectors import last_days
from axle.monitoring.shares import BEFORE_DAYS
from axle.platform.listing import Col
from axle.platform.public import current_locale
from axle.platform.questions import AS_OF, last_closed_day
from axle.platform.reports import Asked
from axle.product.public import product_name

__all__ = ["AS_OF", "PRODUCT", "SHELF", "SINCE", "STRATEGY", "UNTIL", "said"]
SHELF = "risk"


def _since() -> date:
    return last_days(last_closed_day(), BEFORE_DAYS)[0]


SINCE = Asked(Col("since", "date"), default=_since)
UNTIL = Asked(Col("until", "date"), default=last_closed_day)
STRATEGY = Asked(Col("strategy"))
PRODUCT = Asked(Col("product_code"), named=product_name)


def said(words: Words) -> str:
    """Words in the reader's language."""
    return words.en if current_locale.get() == "en-US" else words.zh
