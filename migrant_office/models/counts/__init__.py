"""The nouns of the monthly counts.

Nothing is re-exported here: the writers of files may import `release` and `terms`, never `record`, and an import
contract can only see that when everybody names the module.
"""
