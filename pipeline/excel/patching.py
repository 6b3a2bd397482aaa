"""A workbook's zip as parts with relations: each is read when it is asked for and written only where it was changed."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipeline.excel.parts import RELATIONS, parse, to_bytes
from pipeline.excel.zipping import Member, deflated, is_usual, stored, zipped

_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = f"{{{_PACKAGE_RELATIONS}}}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART, _BOOK_PART = "[Content_Types].xml", "xl/workbook.xml"

PART_BYTES = 16 * 2**20  # a class's largest sheet has some 100 KB; parsed, a part takes thirty times its room


class NotPatchable(Exception):
    """The workbook's parts are not as they should be; it has to be returned in another way."""


@dataclass(frozen=True)
class Relation:
    """What a part refers to: `kind` is the last word of its type, `part` the name of what it leads to."""

    id: str
    kind: str
    part: str


class Patch:
    """The parts of a workbook. Names are compared as the standard says: blind to case; so are the slashes of some.

    `is_odd`: something in it is not as spreadsheet programs write it, so that what is made of it has to be proved.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._archive = data, zipfile.ZipFile(BytesIO(data))
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        self._infos = {_compared(info.filename): info for info in members}
        if len(self._infos) < len(members):
            raise NotPatchable("two parts of one name")
        self._new: dict[str, bytes] = {}  # compared name → content of what was put in
        self._added: dict[str, str] = {}  # compared name → name of what was not there
        self._trees: dict[str, Any] = {}
        self._changed: set[str] = set()
        self.is_odd = not all(map(is_usual, members))
        self._types = self.tree(_TYPES_PART)

    def __contains__(self, part: str) -> bool:
        return bool(part) and (_compared(part) in self._new or _compared(part) in self._infos)

    def read(self, part: str) -> bytes:
        """Return a part's bytes. Raises KeyError where there is none, and whatever a torn one raises."""
        key = _compared(part)
        return self._new[key] if key in self._new else self._archive.read(self._infos[key])

    def tree(self, part: str, root: str = "") -> Any:
        """Return a part parsed, once; what is changed in it is written after `changed`.

        Raises NotPatchable where its root is not the element `root` (Strict Open XML has other names).
        """
        key = _compared(part)
        if key not in self._trees:
            xml = self.read(part)
            if len(xml) > PART_BYTES:
                raise NotPatchable("too large to be parsed whole")
            self.is_odd |= not xml.startswith(b"<")  # a mark or a code of its own before the first element
            self._trees[key] = parse(xml)
        tree = self._trees[key]
        if root and tree.tag != root:
            raise NotPatchable("another root")
        self.is_odd |= tree.prefix is not None
        return tree

    def changed(self, part: str) -> None:
        """Have a parsed part written anew."""
        self._changed.add(_compared(part))

    def put(self, part: str, content: bytes) -> None:
        """Put other content into a part, or add it."""
        key = _compared(part)
        self._trees.pop(key, None)
        self._changed.discard(key)
        self._new[key] = content
        if key not in self._infos:
            self._added[key] = part

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part of a type, unless the type is stated already for one that was lost."""
        self.put(part, content)
        if not self.content_type(part):
            etree.SubElement(self._types, _TYPES + "Override", PartName=f"/{part}", ContentType=content_type)
            self.changed(_TYPES_PART)

    def add_default_type(self, extension: str, content_type: str) -> None:
        """Say what parts with an ending are, unless that is said already."""
        known = {default.get("Extension", "").lower() for default in self._types.iterfind(_TYPES + "Default")}
        if extension not in known:
            default = etree.Element(_TYPES + "Default", Extension=extension, ContentType=content_type)
            self._types.insert(0, default)
            self.changed(_TYPES_PART)

    def content_type(self, part: str) -> str:
        """Return the type that is stated for a part itself."""
        overrides = self._types.iterfind(_TYPES + "Override")
        key = _compared(part)
        return next((o.get("ContentType", "") for o in overrides if _compared(o.get("PartName", "")) == key), "")

    def free_name(self, stem: str, ending: str) -> str:
        """Return a name that no part has yet."""
        return next(name for n in range(1, 10_000) if (name := f"{stem}{n}{ending}") not in self)

    # --- relations ---

    def book_part(self) -> str:
        """Return the name of the workbook's own part."""
        found = self.related("", "officeDocument")
        return found.part if found and found.part in self else _BOOK_PART

    def relations(self, part: str) -> list[Relation]:
        """Return what a part ("" the whole) refers to inside the workbook. Raises NotPatchable for one id twice."""
        name = _relations_part(part)
        rels = self.tree(name).iterfind(_RELATION) if name in self else ()
        found = [
            Relation(rel.get("Id", ""), rel.get("Type", "").rpartition("/")[2], self._target(part, rel.get("Target")))
            for rel in rels
            if rel.get("Target") and rel.get("TargetMode") != "External"
        ]
        if len({relation.id for relation in found}) < len(found):
            raise NotPatchable("one id twice")
        return found

    def related(self, part: str, kind: str) -> Relation | None:
        """Return the first relation of a kind."""
        return next((relation for relation in self.relations(part) if relation.kind == kind), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation and return its id."""
        name = _relations_part(part)
        if name not in self:
            self.put(name, _NO_RELATIONS)
        rels = self.tree(name)
        taken = {rel.get("Id") for rel in rels.iterfind(_RELATION)}
        own = next(f"rIdG{n}" for n in range(1, 10_000) if f"rIdG{n}" not in taken)
        etree.SubElement(rels, _RELATION, Id=own, Type=f"{RELATIONS}/{kind}", Target=f"/{target}")
        self.changed(name)
        return own

    def _target(self, part: str, target: str) -> str:
        """Return the part that a relation's target names, seen from `part`."""
        target = target.replace("\\", "/")
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        return name if name in self else unquote(name)

    # --- back into a zip ---

    def to_bytes(self) -> bytes:
        """Return the workbook: what was not changed as it lay there."""
        for key in self._changed:
            self._new[key] = to_bytes(self._trees[key])
        return zipped(self._members())

    def _members(self) -> Iterator[Member]:
        for key, info in self._infos.items():
            old = stored(self._data, info)
            yield deflated(old.name, self._new[key], old.flags) if key in self._new else old
        for key, name in self._added.items():
            yield deflated(name.encode("ascii"), self._new[key])


_NO_RELATIONS = f'<Relationships xmlns="{_PACKAGE_RELATIONS}"/>'.encode()


def _compared(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
