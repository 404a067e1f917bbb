"""The service directory in and out: packages of HSDS 3.0, as JSON or as CSV, checked, taken whole or refused whole."""
