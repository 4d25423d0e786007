"""Pure rules of vehicles: what a used car is worth. No Django."""
