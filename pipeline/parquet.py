"""Frames as parquet and back: small ones by the dozen, so straight through pyarrow, where pandas takes thrice as long.

pyarrow is loaded at the first frame: most commands have none.
"""

from __future__ import annotations

from io import BytesIO

import pandas as pd


def parquet_of(frame: pd.DataFrame) -> bytes:
    """Return a frame as a parquet file; its index is left out, text is of one type whatever pandas keeps it as."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    types = [pa.large_string() if kind == "str" else pa.from_numpy_dtype(kind) for kind in frame.dtypes]
    schema = pa.schema(list(zip(frame.columns, types, strict=True)))
    content = BytesIO()
    write_table(pa.Table.from_pandas(frame, schema, preserve_index=False, nthreads=1), content, compression="zstd")
    return content.getvalue()


def frame_of(content: bytes) -> pd.DataFrame:
    """Return the frame of a parquet file, its days to the second as the house has them. Raises OSError, ValueError."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    table = ParquetFile(pa.BufferReader(content)).read(use_threads=False)
    fields = [f.with_type(pa.timestamp("s")) if pa.types.is_timestamp(f.type) else f for f in table.schema]
    return table.cast(pa.schema(fields, table.schema.metadata)).to_pandas(use_threads=False)
