"""Who can have a service: rules as data, the facts they ask for, and verdicts that know what they do not know."""
