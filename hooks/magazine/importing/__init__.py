"""Bring another system's archive in: WordPress's export to articles, standing pages and a report."""
