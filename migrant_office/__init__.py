"""An offline-first desktop program for municipal offices that receive migrants."""

__version__ = "0.1.0"
