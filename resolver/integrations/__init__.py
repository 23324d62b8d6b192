"""Ways to use resolver from elsewhere, each with an extra of its own.

dataframes.py  columns of pandas, polars and Arrow; needs the extra `dataframes`
"""
