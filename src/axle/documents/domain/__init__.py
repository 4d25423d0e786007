"""Rules of documents that need no database: text forms, amounts in capitals, comparisons, states."""
