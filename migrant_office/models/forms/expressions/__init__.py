"""Expressions of a form (XPath 1.0 with the functions of ODK): cut, parsed, checked, compiled once to closures.

Our own, because every library measured answered wrongly on standard expressions (a number never equal to the same
number in an answer), was ten times slower, or lacked functions that public forms use.
"""
