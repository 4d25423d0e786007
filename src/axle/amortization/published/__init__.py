"""Published figures that the engine reproduces, each with where it comes from: the proof behind ``accuracy.md``.

``data`` holds the figures, as small excerpts; a source runs its cases through the engine and says what came of each.
The same sources are a test and a page of the reference.
"""

from axle.amortization.published import rates, schedules, spreadsheets, worked
from axle.amortization.published.source import Source

PUBLISHED_SOURCES: tuple[Source, ...] = (
    schedules.LEVEL_PAYMENT,
    schedules.CAS_21,
    rates.PBOC,
    rates.DIRECTIVE,
    rates.REGULATION_Z,
    rates.XIRR,
    rates.XNPV,
    spreadsheets.FUNCTIONS,
    spreadsheets.DOCUMENTATION,
    worked.EXAMPLES,
)
"""Every source, in the order of the page."""
