"""Scoring: scorecards that are developed on data, signed, deployed as tables of points, and scored.

Owns scorecards and their versions (points table, development report, challenger), their signatures, and the
development itself: sample, binning, weight of evidence, fit, points, validation. It knows neither loan nor
strategy: a case is named values.

Invariants
- What scores is a table of points in our own rows, added up by our own code; no model library is needed for it.
- A missing value is a bin of its own, never zero; a value that nobody sent is refused.
- A version never changes after it was developed; its content hash covers points table and report.
- A version comes into force only after two people other than each other have signed what its hash covers.
- Which rows were held out is a function of the row's own key: the same file gives the same split and the same
  points again.

Events out: none. Events in: none.
"""
