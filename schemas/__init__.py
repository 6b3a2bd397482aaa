"""What every sheet is: kinds of cell, columns, tables, code lists, figures, rules, policy. Imports nothing from pipeline."""
