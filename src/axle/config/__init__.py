"""Config: the one place that knows every context.

Owns: settings, URLs, the mounting of routers (``api``), the wiring of ports to adapters and of events to
handlers (``wiring``), the order of the end of day, the command line (``cli``), the processes that
``./axle up`` runs (``runtime``) and the demo institution (``demo``).

Invariants: nothing imports config; a handler is connected here or nowhere.
"""
