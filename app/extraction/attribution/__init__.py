"""Who said which quotation, by rules over the narration, with the evidence."""
