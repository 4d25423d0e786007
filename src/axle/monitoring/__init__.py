"""Monitoring: how decisions, scores, sources and the book behave day after day, and what people must look at.

Owns: the figures of every closed day (answers by strategy and product, hits of rules, distributions of scores and
answers, calls of sources), the vintages (账龄) of every month's end, and the alerts (预警) that follow from them.

Invariants
- What is kept are counts; shares, changes and stability indices are computed from them when they are read. Counts of a
  day follow from records that carry its business date, so that they can be made again for any past day and come out
  the same.
- Figures are the institution's: a grant narrower than everything sees none of them.
- Of a thing that is watched there is one open alert at most. It remembers since when, closes when its figure is back
  within the threshold, and is told again when it became serious after somebody had acknowledged it.

Events in and out: none. A job that every end of day queues keeps the figures and settles the alerts.
"""
