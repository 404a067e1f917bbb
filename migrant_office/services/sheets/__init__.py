"""Bilingual sheets on paper: wording as data, fitted to the page, the same bytes for the same case."""

from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.phrases import institution_of, split_contact, split_documents, split_steps

__all__ = ["institution_of", "load_definition", "split_contact", "split_documents", "split_steps"]
