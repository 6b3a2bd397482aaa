"""What goes back to those who fill the sheets: their own workbook marked, a fresh one, the next month's templates."""
