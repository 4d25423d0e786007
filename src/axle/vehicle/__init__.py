"""Vehicle: the catalogue of trims, the cars that are financed, and what they are worth.

Owns: trims (make, series, model year, trim, guide price), vehicles (VIN, condition, price), appraisals.

Invariants: a VIN is stored once and has the right check digit; an appraisal is never changed, only followed by
a newer one; the value that lending looks at is the lowest of price, guide price and latest appraisal.

Events out and in: none.
"""
