"""Strategies that ship with Axle: tables that a credit officer reads, and the graph built from them.

One folder per strategy. ``strategy.json`` says what it is; ``inputs``, ``results`` and ``choices`` are its
contract; ``facts``, ``segments``, ``rules``, ``signals``, ``scorecard``, ``grades``, ``limits`` and ``outcomes``
become the nodes of ``graph.json`` (written by ``graph_write``, compared with the tables by a test, opened by the
console's editor). ``scenarios``, ``policy`` and ``policy_values`` are its kinds of business, its policy parameters and
the values that they begin with, ``formulas`` what prices make of them. ``base_case.json`` and ``cases.csv`` are the
golden cases that are written down; those of scenarios and signals follow from their tables (``cases``).
"""
