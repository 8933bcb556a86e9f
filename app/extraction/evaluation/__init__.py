"""Extracted quotes against articles that people have annotated: what is found, who is named, what confidence says.

Figures are taken over segments, unless they speak of quotes:

- *found*: predicted segments matched one to one with gold ones, see `matching`;
- *attributed*: of these, those whose speaker is right too: the predicted mention overlaps the gold source, or the
  predicted name shares its last word with it, or it is a labelled name in full; nobody where the text tells nobody;
- *attribution accuracy*: the share of found segments that are attributed;
- *resolved*: of the found segments with labelled names, the share whose predicted name is one of these in full (no name
  where the list is empty: the text names none);
- *recall* by kind and by length in words;
- *calibration* of quotes: a quote is right where all its segments are gold ones and its speaker's full name is right,
  or, where no name is labelled, its source.
"""
