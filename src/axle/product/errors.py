"""Conditions that product refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class ProductUnknown(AxleError):
    """No product has this code."""

    code = "product_unknown"
    http_status = 404


class ProductVersionNotDraft(AxleError):
    """Only a draft goes on sale."""

    code = "product_version_not_draft"
    http_status = 409


class ProductVersionNotActive(AxleError):
    """Only a version on sale is retired."""

    code = "product_version_not_active"
    http_status = 409


class ProductDatePassed(AxleError):
    """A version goes on or off sale on the business date or later."""

    code = "product_date_passed"


class ProductDateOverlaps(AxleError):
    """The version now active goes on sale later; retire it first."""

    code = "product_date_overlaps"
    http_status = 409


class ProductStrategyNotActive(AxleError):
    """The strategy that the terms name has no version in force."""

    code = "product_strategy_not_active"


class ProductRateAboveCap(AxleError):
    """The highest rate of the terms is above the legal entity's cost cap."""

    code = "product_rate_above_cap"
