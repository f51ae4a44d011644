"""From the frozen site to files: every function here returns ``(path, bytes)`` and reads nothing."""

from magazine.pages.make import make

__all__ = ["make"]
