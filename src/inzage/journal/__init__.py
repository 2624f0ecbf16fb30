"""Nothing is overwritten: each change of a fact is also a row that is only ever added."""
