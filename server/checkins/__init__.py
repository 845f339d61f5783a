"""How a day went, in a person's own hand; private until it is shared."""
