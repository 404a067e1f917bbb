"""The attacker: everything that somebody outside could try on a release, tried before it leaves the office.

Nothing is re-exported here, as in `models/counts`: who wants a part names its module.
"""
