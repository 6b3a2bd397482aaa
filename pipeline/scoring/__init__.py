"""What is made of the figures: points of classes and teachers, ranks, and the seven plans item by item.

Ask it for exact decimals; nothing is counted here.
"""
