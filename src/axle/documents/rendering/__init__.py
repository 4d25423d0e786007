"""From data to PDF bytes: templates, their data schemas, fonts, and the Typst compiler."""
