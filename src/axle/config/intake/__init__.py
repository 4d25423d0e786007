"""``./axle intake``: a file of applications taken through the whole decision, row by row and at most once.

A file is CSV or JSON lines, in UTF-8 or GB18030, of any size: it is read in bounded pieces, so that no line, however
long, fills the memory. A file that cannot be read at all is refused as a whole (``errors``); a row that cannot be
taken goes to the error file with its number, the field and the reason (``faults``), and the rows around it are taken.

Two kinds of rows. Without a mapping a row is our own application form (``customer.name``, ``loan.amount`` …): it
becomes a draft and is submitted like one that a person typed (``forms_take``). With a mapping (``mappings/*.toml``:
data that says which column means what, and which texts mean that nobody said) a row is a contract of an imported
book: it is decided by the book's strategy; approved, it is booked with its own terms (unless only decisions are
wanted), referred, its review begins in the worker (``batch_take``). The obligors of an imported book are synthetic;
an unknown fact stays unknown and is never zero.

Every write is a command with an idempotency key of the file's hash and the row: a run that was interrupted goes on
where it stopped, and the same file twice doubles nothing. The run's report (``report``) is Markdown; ``study``
recomputes the level payment of every row and says which reading of the file explains what the servicer reported.
"""
