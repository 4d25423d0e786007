"""Strategies that ship with Axle: tables that a credit officer reads, and the graph built from them.

One folder per strategy. ``strategy.json`` says what it is; ``inputs``, ``results`` and ``choices`` are its
contract; ``facts``, ``segments``, ``rules``, ``scorecard``, ``grades``, ``limits`` and ``outcomes`` become
the nodes of ``graph.json`` (written by ``graph_write``, compared with the tables by a test, opened by the
console's editor); ``base_case.json`` and ``cases.csv`` are the golden cases.
"""
