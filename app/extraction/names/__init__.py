"""Names of people, organizations and places: found, read in their forms, and told apart."""
