"""Ways to use resolver from elsewhere, each with an extra of its own.

dataframes.py       columns of pandas, polars and Arrow; needs the extra `dataframes`
spacy_component.py  a component of a spaCy pipeline; needs the extra `spacy`
"""
