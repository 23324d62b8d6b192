"""Running text to spans that may name something: known names, and unknown proper names by their shape."""
