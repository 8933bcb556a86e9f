"""What stands around the quotations, read into blocks of one letter a word, with the mentions in it."""
