"""Citizens: who they are to us, who cares for them, and how their phone finds them."""
