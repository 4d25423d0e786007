"""Reporting: what people look at to see how the business goes.

Owns: the workbench (工作台); the catalogue of reports (报表目录) with the ledgers, details and statistics of loans; the
pages, files and prints of every report that any context declares; schedules of reports, and the box of what they
deliver; the risk board (风险监控).

Invariants: a figure shows only what its reader's data scope reaches, and is read through the owning context's
front door; no figure is stored here; a delivered file holds what its recipient might see when it was made, is for that
person alone, and is made once per schedule, recipient and closed day; a figure as of a date comes from day-end
snapshots, entries and events up to that date, so that it is the same whenever it is asked for.

A new report: a module below ``ledgers`` that declares a ``platform.reports.Report``, named in ``reports``, and the
words of its columns (``field``, ``meaning``, ``formula``) in the catalogues. Other contexts declare theirs in a room
``reports`` of their own.

Events in and out: none.
"""
