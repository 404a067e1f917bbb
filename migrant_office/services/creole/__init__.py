"""All Creole of the program with the Spanish beside it: where it stands, who approved it, out to readers and back."""
