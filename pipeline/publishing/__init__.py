"""What is published: the month as books, data only; the Excel room renders them."""
