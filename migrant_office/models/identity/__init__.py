"""Identity documents and numbers as they are typed or scanned: machine-readable zones, RUN, CURP, phones, names."""
