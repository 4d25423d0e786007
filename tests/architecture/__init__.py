"""The rules of the house, as checks: imports, names, catalogues, sizes, published documents."""
