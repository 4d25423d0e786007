"""Reporting: what people look at to see how the business goes.

Owns: the workbench (工作台). Later the report catalogue, dashboards, exports and schedules of delivery.

Invariants: a figure shows only what its reader's data scope reaches, and is read through the owning context's
front door; nothing is stored here.

Events in and out: none.
"""
