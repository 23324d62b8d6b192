"""Ways to use resolver from elsewhere, each with an extra of its own.

dataframes.py       columns of pandas, polars and Arrow; needs the extra `dataframes`
reconciliation/     a registry for OpenRefine and programs, over HTTP; needs the extra `web`
review_page/        a queue decided in the browser; needs the extra `web`
spark_audit/        the audit by Spark; needs the extra `spark`
spacy_component.py  a component of a spaCy pipeline; needs the extra `spacy`
web.py              what the two servers share
"""
