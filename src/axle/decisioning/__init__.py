"""Decisioning: strategies that answer approve, refer or decline, and the record of every answer.

Owns input contracts, strategies and their versions (decision graphs, rule catalogues, golden cases), the
publishing compiler, the runtime around the decision engine, decision records and their replay; policy parameters with
their values by scope, the calibrations that change them, and the prices and formulas that calibrations come from;
trials of versions on real and past cases. It knows no loan: what a case looks like is data (the input contract) beside
the strategy.

Invariants
- The engine fails open: a rule it cannot evaluate silently does not match. So a version becomes active only
  when every cell, expression and condition is parsed, typed against the input contract and compiled, and its
  golden cases pass; and whatever goes wrong at run time ends in ``refer`` with the fault named, never in
  approve.
- A missing value is never zero. Every declared input is present; null is allowed only where the contract says
  what null means.
- A draft changes only as the person saw it, and a version never after it is compiled; its content hash is
  checked whenever it is loaded.
- A decision record is never updated or deleted; ``decision_replay`` gives the same bytes.
- Policy values count by one pointer; the content of a calibration never changes once it counted, and a decision keeps
  the values that it read.
- A score by a scorecard is kept with the decision and is read again on replay; without one the case goes to people.
- What a shadow or a back-test answers is kept apart from the decision records, and nothing acts on it.
- Inputs carry no name, id number, phone, card or address; a text that looks like one is refused.

Events out: StrategyActivated, CalibrationActivated, DecisionMade (all in the same transaction). Events in: none.
"""
