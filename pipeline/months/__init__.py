"""What a month leaves to the next: its snapshot, children followed back, who is missing and as what he goes on.

Ask it for what earlier months know. It reads what was kept; writing is done by `keeping`.
"""
