"""What of a pasted page is the article: its paragraphs, and which of them are body, heading or furniture."""
