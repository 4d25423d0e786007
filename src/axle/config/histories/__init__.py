"""Payment histories of another servicer (月报): replayed by our engine, and the split of every payment compared.

Monthly reports of loans (SEC ABS-EE, EX-102) tell what was paid, what of it was interest and what principal. Each loan
is opened with what it owed at the end of its first report, its later payments are taken over as receipts, and what our
books say of each payment stands beside what the servicer reported. ``./axle bench histories`` runs it;
``docs/real-histories.md`` tells what came out.

Where to start reading: ``reports`` -> ``stories`` -> ``book`` -> ``comparison``.
"""
