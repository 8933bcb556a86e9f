"""Text in, quotes with their speakers out. Knows neither HTTP nor SQL."""
