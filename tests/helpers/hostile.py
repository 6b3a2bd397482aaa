"""Hostile files: what is no workbook of ours, and how it is made."""

from __future__ import annotations

import struct
from collections.abc import Callable

from helpers.places import FIELD
from helpers.sheet_xml import STRINGS, cell, filled, named_sheet, same_titles, utf16
from helpers.workbook_parts import (
    BOOK,
    BOOK_RELS,
    SHEET,
    STYLES,
    TYPES,
    added,
    changed,
    dropped,
    parts_of,
    renamed,
    sub,
    zip_of,
)

XLS = (FIELD / "one-class" / "velvet_issue_385.xls").read_bytes()
ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
LAUGHS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈"}">' for n in range(10)
) + "]>"  # fmt: skip


def ods(table: str, name: str = "S") -> bytes:
    xml = (
        f"<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_of({"mimetype": ODS_MIME, "META-INF/manifest.xml": MANIFEST, "content.xml": xml.encode()})


def ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def overlapping(data: bytes) -> bytes:
    """Let a second name of the directory lead to the first member."""
    end = data.rfind(b"PK\5\6")
    count, size, start = struct.unpack_from("<HII", data, end + 10)
    entry = bytearray(data[start : data.index(b"PK\1\2", start + 4)])
    entry[46:47] = b"Z"
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count + 1, count + 1, size + len(entry), start, 0)
    return data[:end] + bytes(entry) + tail


def claimed(count: int) -> bytes:
    """Return an archive that says it has many members, and has none."""
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 46 * 60_000, 4, 0)
    return b"PK\3\4" + struct.pack("<Q", count) + bytes(200) + tail


def listed(count: int) -> bytes:
    """Return an archive whose directory lists many members, all of them the same empty one."""
    name = b"a"
    head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + name
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + name
    size = len(entry) * count
    said = min(count, 0xFFFF)
    return head + entry * count + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, said, said, size, len(head), 0)


def nested(depth: int) -> bytes:
    data = zip_of({"零": bytes(2**20)})
    for _ in range(depth):
        data = zip_of({f"{n}.zip": data for n in range(8)})
    return data


def with_fat(change: Callable[[bytearray], None]) -> bytes:
    data = bytearray(XLS)
    change(data)
    return bytes(data)


def _loop(data: bytearray) -> None:
    """Let every sector of the first allocation table lead to itself or the one before."""
    start = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    for n in range(128):
        struct.pack_into("<I", data, start + 4 * n, max(n - 1, 0))


def _wild(data: bytearray) -> None:
    """Let the header's table of tables lead anywhere."""
    for n in range(109):
        struct.pack_into("<I", data, 76 + 4 * n, 0x00FFFFF0 + n)


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "零字节.xlsx": lambda data: b"",
    "一个字节.xlsx": lambda data: b"P",
    "只有PK.xlsx": lambda data: b"PK",
    "只有开头.xlsx": lambda data: b"PK\3\4",
    "空的压缩包.xlsx": lambda data: b"PK\5\6" + bytes(18),
    "空的压缩包.zip": lambda data: b"PK\5\6" + bytes(18),
    "半个.xlsx": lambda data: data[: len(data) // 2],
    "没有开头.xlsx": lambda data: data[100:],
    "全是零.xlsx": lambda data: bytes(4096),
    "乱码.xls": lambda data: bytes(range(256)) * 16,
    "前面太长.xlsx": lambda data: b"\0" * 9000 + data,
    "炸弹.xlsx": added("xl/media/image1.png", bytes(64 * 2**20)),
    "炸弹的表.xlsx": lambda data: zip_of({**parts_of(data), SHEET: b"<a/>" * 3_000_000}),
    "套娃.zip": lambda data: nested(3),
    "一百个炸弹.zip": lambda data: zip_of({f"{n}.xlsx": bytes(3 * 2**20) for n in range(100)}),
    "许多成员.zip": lambda data: zip_of({f"{n}.xlsx": b"x" for n in range(3000)}),
    "声称百万.xlsx": lambda data: claimed(1_000_000),
    "三十万成员.zip": lambda data: listed(300_000),
    "重叠.xlsx": overlapping,
    "同名成员.xlsx": lambda data: _twice(data),
    "名字往上.xlsx": renamed(lambda name: f"../../{name}"),
    "没有工作簿.xlsx": dropped(BOOK),
    "没有工作表.xlsx": lambda data: zip_of({n: c for n, c in parts_of(data).items() if "worksheets/" not in n}),
    "没有清单.xlsx": dropped(TYPES),
    "只有清单.xlsx": lambda data: zip_of({TYPES: parts_of(data)[TYPES]}),
    "实体.xlsx": sub(SHEET, "(<worksheet)", LAUGHS + r"\1"),
    "实体在字符串.xlsx": sub(STRINGS, "(<sst)", LAUGHS + r"\1"),
    "实体在工作簿.xlsx": sub(BOOK, "(<workbook)", LAUGHS + r"\1"),
    "外部DTD.xlsx": sub(SHEET, "(<worksheet)", r'<!DOCTYPE w SYSTEM "file:///etc/passwd">\1'),
    "实体UTF16.xlsx": changed(lambda parts: utf16(parts, SHEET, LAUGHS)),
    "太宽.xlsx": cell('<c r="A4"><v>1</v></c><c r="XFE4"><v>1</v></c>'),
    "太长.xlsx": filled('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    "行号溢出.xlsx": filled('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
    "行号为负.xlsx": filled('<row r="-1"><c r="A-1"><v>1</v></c></row>'),
    "行号为零.xlsx": filled('<row r="0"><c r="A0"><v>1</v></c></row>'),
    "字符串越界.xlsx": cell('<c r="A4" t="s"><v>99999999</v></c>'),
    "字符串为负.xlsx": cell('<c r="A4" t="s"><v>-1</v></c>'),
    "字符串不是数.xlsx": cell('<c r="A4" t="s"><v>王芳</v></c>'),
    "没有字符串.xlsx": dropped(STRINGS),
    "没写完的表.xlsx": changed(lambda parts: parts.__setitem__(SHEET, parts[SHEET][: len(parts[SHEET]) // 2])),
    "嵌套太深.xlsx": filled("<row><c><is>" + "<r>" * 100_000 + "</r>" * 100_000 + "</is></c></row>"),
    "关系指外.xlsx": sub(BOOK_RELS, 'Target="worksheets/', 'Target="../../../../etc/passwd/'),
    "关系指网.xlsx": sub(BOOK_RELS, 'Target="worksheets/', 'TargetMode="External" Target="http://example.invalid/'),
    "关系指自己.xlsx": sub(BOOK_RELS, 'Target="worksheets/sheet[0-9]+.xml"', 'Target="workbook.xml"'),
    "工作簿是自己的关系.xlsx": sub("_rels/.rels", 'Target="xl/workbook.xml"', 'Target="_rels/.rels"'),
    "表名重复.xlsx": changed(same_titles),
    "表名都空.xlsx": sub(BOOK, r'(<sheet name=")[^"]*"', r'\1"'),
    "控制字符.xlsx": named_sheet("a\x01b"),
    "名称巨大.xlsx": sub(BOOK, "</sheets>", f"</sheets><definedNames><definedName name='x'>{'A1,' * 200_000}</definedName></definedNames>"),
    "样式太多.xlsx": sub(STYLES, "(<cellXfs[^>]*>)", r"\1" + '<xf numFmtId="0"/>' * 30_000),
    "填满.ods": lambda data: ods(f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x", 16384)}</table:table-row>'),
    "重复数为负.ods": lambda data: ods(f'<table:table-row table:number-rows-repeated="-5">{ods_cell("x", -7)}</table:table-row>'),
    "重复数溢出.ods": lambda data: ods(f'<table:table-row table:number-rows-repeated="{2**70}">{ods_cell("x", 2**70)}</table:table-row>'),
    "表中有表.ods": lambda data: ods('<table:table-row><table:table-cell>' + '<table:table table:name="T"><table:table-row><table:table-cell>' * 300 + "</table:table-cell></table:table-row></table:table>" * 300 + "</table:table-cell></table:table-row>"),
    "实体.ods": lambda data: zip_of({"mimetype": ODS_MIME, "content.xml": (LAUGHS + "<a>&l9;</a>").encode()}),
    "空的.ods": lambda data: zip_of({"mimetype": ODS_MIME}),
    "没有表.ods": lambda data: zip_of({"mimetype": ODS_MIME, "content.xml": b"<a/>"}),
    "截断.xls": lambda data: XLS[: len(XLS) // 3],
    "只有头.xls": lambda data: XLS[:512],
    "扇区成环.xls": lambda data: with_fat(_loop),
    "扇区乱指.xls": lambda data: with_fat(_wild),
    "老格式2.xls": lambda data: b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(200),
    "老格式3.xls": lambda data: b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00" + bytes(200),
    "老格式4.xls": lambda data: b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00" + bytes(200),
    "网页.xls": lambda data: "<html><body><table><tr><td>姓名</td></tr></table></body></html>".encode(),
    "老XML.xls": lambda data: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "文本.xlsx": lambda data: "姓名,性别\n王芳,女\n".encode("gb18030"),
    "照片.xlsx": lambda data: b"\xff\xd8\xff\xe0" + bytes(300),
    "文档.xlsx": lambda data: zip_of({TYPES: b"<Types/>", "word/document.xml": b"<a/>"}),
    "二进制乱.xlsb": lambda data: zip_of({TYPES: b"<Types/>", "xl/workbook.bin": bytes(range(256)), "xl/worksheets/sheet1.bin": b"\xff" * 99}),
}  # fmt: skip


def _twice(data: bytes) -> bytes:
    """Name another member as the first is named."""
    return data.replace(b"docProps/core.xml", b"xl/" + b"w" * 10 + b".xml").replace(
        b"docProps/app.xml", b"xl/workbook.xml"
    )
