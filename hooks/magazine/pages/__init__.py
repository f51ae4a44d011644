"""From the frozen site to files: every function here returns ``(path, bytes)`` and reads nothing."""
