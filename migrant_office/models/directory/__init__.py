"""The service directory in the words of HSDS 3.0 (Open Referral): a noun for each table, and what goes beside them.

Every row lives in the document of the service, organization, location or taxonomy that it belongs to
(docs/decisions/023). The rest of the house works with `models.service.Service`, which lies in the same document.
"""
