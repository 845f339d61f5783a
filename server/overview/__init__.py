"""What staff look at: the caseload and the page of one person, put together from the other rooms."""
