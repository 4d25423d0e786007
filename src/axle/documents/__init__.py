"""Documents: what is captured about a case, and what is issued about it.

Owns captured documents (影像资料: photos and scans, recognised by OCR in the worker), the register of templates,
issued documents (contracts, cost sheets, payoff letters, receipts: Typst to PDF), electronic signatures and seals
(PAdES with RFC 3161 time stamps), and the verification of any PDF that is handed in.

Knows no loan: what a document is about is a ``Subject`` (type and id). Contexts above tell which subjects an actor
may see (``public.subject_scope``), fill templates with their own snapshot, and react to events.

Invariants
- A rendered document is reproducible: same template text, data, date and fonts give the same bytes.
- A template text that was used is kept; editing the file makes a new version, never changes an old one.
- Every revision of a document is in its append-only evidence, each starting from the hash where the last one ended.
- Each role signs once; nothing is signed without a time stamp; nobody signs a void document.
- A captured document's reading is kept beside what a person confirmed in its place.
- A character that the font cannot draw is refused before printing, not lost.
- Recognition runs in the worker only; the web process never loads the engine.

Events out: ``DocumentRecognised``, ``DocumentSealed``, ``DocumentVoided``. Events in: none.
"""
