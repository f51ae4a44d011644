"""Blocks of figures: fences with a YAML body, resolved into charts, boxes and tables without a picture."""
