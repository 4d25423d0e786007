"""The data sources: a bureau, police, operators, banks, courts and car vendors, each with its own wire and its own
way of signing. What they answer follows from whom or what they are asked about, so that it is the same every time."""
