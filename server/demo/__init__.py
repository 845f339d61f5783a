"""Made-up people for trying the product; never in production."""
