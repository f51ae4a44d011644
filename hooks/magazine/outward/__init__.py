"""The links that lead out of the magazine: tried on request, politely, and never in a build."""
