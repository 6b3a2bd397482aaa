"""The seven plans: their lines (`items`), what checks a line (`checks`), and the days that they speak of (`days`)."""

from schemas.chapters.items import ITEMS, Item

__all__ = ["ITEMS", "Item"]
