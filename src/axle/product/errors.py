"""Conditions that product refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class ProductUnknown(AxleError):
    """No product has this code."""

    code = "product_unknown"
    http_status = 404


class ProductStrategyNotActive(AxleError):
    """The strategy that the terms name has no version in force."""

    code = "product_strategy_not_active"


class ProductRateAboveCap(AxleError):
    """The highest rate of the terms is above the legal entity's cost cap."""

    code = "product_rate_above_cap"
