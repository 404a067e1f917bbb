"""Bilingual sheets on paper: wording as data, fitted to the page, the same bytes for the same case."""

from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.phrases import split_contact, split_documents, split_steps

__all__ = ["load_definition", "split_contact", "split_documents", "split_steps"]
