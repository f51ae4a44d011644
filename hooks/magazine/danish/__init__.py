"""Danish as it is written: numbers, number words, units, dates, quotation marks."""
