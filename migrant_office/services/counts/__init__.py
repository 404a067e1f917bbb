"""The monthly counts: exact for the office, protected for everybody else.

`exact` and `protect` see records of persons; the writers in `files` see released tables only. Nothing is
re-exported here, so that an import contract can hold the two apart.
"""
