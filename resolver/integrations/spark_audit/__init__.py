"""The audit over a Spark DataFrame, or over files that Spark can read: the same results from any number of machines.

    occurrences = audit_frame(articles, Resolver.load("aliases"))           # a DataFrame, lazily
    report, queue = write_spark_audit(articles, "audit", resolver)          # the four files of `resolver audit`
    report, queue = write_spark_audit("s3a://bucket/news", "audit", resolver)

shipping.py   the registry, compiled into one file: sent to each executor once, mapped into memory by its workers
files.py      paths -> a DataFrame of documents, in the order of the local engine
mapping.py    what runs beside the data: documents -> occurrences, or lines of mentions and partial counts
auditing.py   the counts merged by Spark, and the files written on the driver
session.py    a session for the command line, and the errors of Spark in words

Documents have the order of the partitions and of the rows in them: that in which `frame.collect()` has them. Needs
pyspark and pyarrow on the driver, and the same version of this package on the executors.

Known limits: the output folder is one of the driver; Spark Connect has no way to send the registry.
"""

try:
    import pyarrow  # noqa: F401 (Spark says only much later that it needs it)
    import pyspark  # noqa: F401 (all modules of this package need it)
except ImportError as error:
    raise ImportError("the Spark engine needs Spark: pip install 'resolver[spark]'") from error

from resolver.integrations.spark_audit.auditing import audit_frame, write_spark_audit
from resolver.integrations.spark_audit.mapping import OCCURRENCES
from resolver.integrations.spark_audit.session import start_session

__all__ = ["OCCURRENCES", "audit_frame", "start_session", "write_spark_audit"]
