"""Who is who: one child behind several rows, the child whom a name means, who took part, and which classes are there.

Ask it about the children of one month. What earlier months know of them is asked of `months`.
"""
