"""A post full of hostile files, one of each kind: all are told in Chinese, and the class beside them is as if alone."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.drawing import draw, draw_month
from helpers.odd_workbooks import (
    BOOK,
    BOOK_RELS,
    BUTTON,
    OFFICE,
    SHEET,
    SHEET_RELS,
    STYLES,
    TYPES,
    Odd,
    Parts,
    added,
    all_of,
    changed,
    commented,
    drawn,
    dropped,
    parts_of,
    renamed,
    sub,
    zip_of,
)
from helpers.places import FIELD
from helpers.small import COVER, id_card, pupil, small_month
from pipeline.cli import main
from pipeline.excel.guard import unwrapped
from pipeline.excel.reading import read_book
from pipeline.model import Issue, Month
from pipeline.reading.archives import unpacked
from pipeline.reading.fence import Trouble, fenced
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules

OCTOBER = Month(2026, 10)
SECONDS = 60  # for all of them together, on a busy machine; alone it takes a tenth
STRINGS = "xl/sharedStrings.xml"
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


# --- builders --------------------------------------------------------------------------------------------------


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


def cell(xml: str) -> Odd:
    """Put a cell in place of the first name."""
    return sub(SHEET, r'<c r="A4"[^>]*?(?:/>|>.*?</c>)', xml.replace("\\", "\\\\"), 1)


def every(pattern: str, by: str) -> Odd:
    return sub(SHEET, pattern, by)


def filled(xml: str) -> Odd:
    """Put all of a sheet's rows in place of its own."""
    return sub(SHEET, "<sheetData>.*</sheetData>", f"<sheetData>{xml}</sheetData>")


def named_sheet(name: str) -> Odd:
    return sub(BOOK, r'(<sheet name=")[^"]*("[^>]*sheetId="2")', rf"\1{name}\2")


def _same_titles(parts: Parts) -> None:
    parts[BOOK] = re.sub(rb'(<sheet name=")[^"]*"', rb'\1S"', parts[BOOK])


# --- what is no workbook of ours -------------------------------------------------------------------------------

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
    "实体UTF16.xlsx": changed(lambda parts: _utf16(parts, SHEET, LAUGHS)),
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
    "表名重复.xlsx": changed(_same_titles),
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


def _utf16(parts: Parts, name: str, before: str = "") -> None:
    text = re.sub(r"^<\?xml[^>]*>\s*", "", parts[name].decode("utf-8"))
    parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + before + text).encode("utf-16")


# --- what is ours, with something in it that no teacher typed ---------------------------------------------------

WORD = "某" * 40_000

OURS: dict[str, Odd] = {
    "样式越界": every(r'(<c r="[A-Z]+4" s=)"\d+"', r'\1"99999999"'),
    "样式为负": cell('<c r="A4" s="-3" t="inlineStr"><is><t>王芳</t></is></c>'),
    "大数": cell('<c r="A4"><v>1e400</v></c>'),
    "非数": cell('<c r="A4"><v>NaN</v></c>'),
    "无穷": cell('<c r="A4"><v>INF</v></c>'),
    "负无穷": cell('<c r="A4"><v>-inf</v></c>'),
    "一万年": every(r'<c r="E4"( s="\d+")?[^>]*><v>[^<]*</v>', r'<c r="E4"\1><v>9999999</v>'),
    "公元前": every(r'<c r="E4"( s="\d+")?[^>]*><v>[^<]*</v>', r'<c r="E4"\1><v>-400000</v>'),
    "日期无穷": every(r'<c r="E4"( s="\d+")?[^>]*><v>[^<]*</v>', r'<c r="E4"\1><v>1e308</v>'),
    "ISO日期": every(r'<c r="E4"( s="\d+")?[^>]*><v>[^<]*</v>', r'<c r="E4"\1 t="d"><v>99999-99-99T99:99</v>'),
    "字符串为负": cell('<c r="A4" t="s"><v>-1</v></c>'),
    "字符串不是数": cell('<c r="A4" t="s"><v>王芳</v></c>'),
    "长文本": cell(f'<c r="A4" t="inlineStr"><is><t>{WORD}</t></is></c>'),
    "逻辑值": cell('<c r="A4" t="b"><v>7</v></c>'),
    "未知类型": cell('<c r="A4" t="zzz"><v>7</v></c>'),
    "错误值": cell('<c r="A4" t="e"><v>#BOOM!</v></c>'),
    "单元格重复": cell('<c r="A4"><v>1</v></c><c r="A4" t="inlineStr"><is><t>王芳</t></is></c>'),
    "单元格乱序": cell('<c r="C4"><v>1</v></c><c r="A4" t="inlineStr"><is><t>王芳</t></is></c>'),
    "行重复": every("</sheetData>", '<row r="4"><c r="A4"><v>8</v></c></row></sheetData>'),
    "行乱序": every("</sheetData>", '<row r="2"><c r="A2"><v>8</v></c></row></sheetData>'),
    "地址与行不符": cell('<c r="A9" t="inlineStr"><is><t>王芳</t></is></c>'),
    "地址不成话": cell('<c r="!!" t="inlineStr"><is><t>王芳</t></is></c>'),
    "控制字符": cell('<c r="A4" t="inlineStr"><is><t>王_x0000_芳_x0007_</t></is></c>'),
    "合并重叠": every("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A4:XFD1048576"/><mergeCell ref="A4:B5"/><mergeCell ref="B5:A4"/><mergeCell ref="zz"/></mergeCells>'),
    "公式无果": cell('<c r="A4"><f>1/0</f></c>'),
    "公式巨大": cell(f'<c r="A4"><f>{"1+" * 100_000}1</f><v>1</v></c>'),
    "表名很长": all_of(changed(lambda parts: parts.__setitem__(BOOK, parts[BOOK].replace(b"</sheets>", f'<sheet name="{"长" * 300}" sheetId="99" r:id="rId1"/></sheets>'.encode())))),
    "批注在天边": all_of(commented("B4", "<t>x</t>"), sub("xl/comments1.xml", 'ref="B4"', 'ref="ZZZZ99999999"')),
    "批注无处": all_of(commented("B4", "<t>x</t>"), sub("xl/comments1.xml", 'ref="B4"', 'ref=""')),
    "画图乱码": drawn(BUTTON.replace(b"<v:shape", b"\xff\xfe<<v:shape")),
    "画图成环": added(SHEET_RELS, f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{OFFICE}/drawing" Target="sheet2.xml"/><Relationship Id="b" Type="{OFFICE}/worksheet" Target="../worksheets/_rels/sheet2.xml.rels"/></Relationships>'.encode()),
    "名称无数": sub(BOOK, "</sheets>", "</sheets><definedNames>" + '<definedName name="a">x</definedName>' * 5000 + "</definedNames>"),
    "隐藏全部": every('(<row r="[0-9]+")', r'\1 hidden="1"'),
}  # fmt: skip

ODDLY_WRITTEN: dict[str, Odd] = {
    "a sheet in UTF-16": changed(lambda parts: _utf16(parts, SHEET)),
    "strings in UTF-16": changed(lambda parts: _utf16(parts, STRINGS)),
    "styles in UTF-16": changed(lambda parts: _utf16(parts, STYLES)),
    "all in UTF-16": changed(
        lambda parts: [_utf16(parts, name) for name in parts if name.endswith((".xml", ".rels"))] and None
    ),
    "strings in GBK": changed(
        lambda parts: parts.__setitem__(STRINGS, parts[STRINGS].decode().replace("UTF-8", "gb2312").encode("gb18030"))
    ),
    "a head of a mail": lambda data: b"Content-Type: application/octet-stream\r\n\r\n" + data,
    "a byte order mark before": lambda data: b"\xef\xbb\xbf" + data,
    "something behind": lambda data: data + b"\r\n--boundary--\r\n",
    "the book under another name": lambda data: zip_of(
        {
            name.replace("workbook.xml", "book.xml"): content.replace(b"xl/workbook.xml", b"xl/book.xml")
            for name, content in parts_of(data).items()
        }
    ),
    "all below another folder": lambda data: zip_of(
        {
            name.replace("xl/", "data/"): content.replace(b'"xl/', b'"data/').replace(b'"/xl/', b'"/data/')
            for name, content in parts_of(data).items()
        }
    ),
    "sheets below another folder": lambda data: zip_of(
        {
            name.replace("worksheets/", "pages/"): content.replace(b"worksheets/", b"pages/")
            for name, content in parts_of(data).items()
        }
    ),
    "addresses in small letters": changed(
        lambda parts: parts.__setitem__(SHEET, re.sub(rb'<c r="[A-Z]+', lambda ref: ref[0].lower(), parts[SHEET]))
    ),
    "absolute targets": sub(BOOK_RELS, 'Target="', 'Target="/xl/'),
    "roundabout targets": sub(BOOK_RELS, 'Target="', 'Target="./../xl/'),
    "targets with backslashes": sub(BOOK_RELS, "worksheets/", r"worksheets\\"),
    "names with backslashes": renamed(lambda name: name.replace("/", "\\")),
    "names in capitals": renamed(str.upper),
    "names with a slash in front": renamed(lambda name: f"/{name}"),
}


# --- what has to hold -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One class's workbook."""
    folder = tmp_path_factory.mktemp("plain")
    draw_month(folder, small_month())
    return (folder / "班级00.xlsx").read_bytes()


def other_class(path: Path, number: int) -> None:
    """Write the workbook of another class, of one child."""
    cover = COVER | {"年级": "四年级", "班级": number, "班主任": "王老师"}
    birth = date(2016, 3, 3)
    row = {
        **pupil("某甲", 3),
        "档案编号": f"2026-{500 + number}",
        "身份证号": id_card(birth, 100 + 2 * number),
        "学籍号": f"G{id_card(birth, 100 + 2 * number)}",
    }
    draw(path, "班级月报", {"cover": cover, "sheets": {"学生档案": [row]}})


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, workbook: bytes) -> Path:
    """A month of one good class, all that is hostile, and a class for everything odd that a sheet of ours can hold."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "input" / "2026-10"
    draw_month(folder, small_month())
    generic = not_ours(workbook)
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make(generic))
    for number, (name, odd) in enumerate(OURS.items(), start=1):
        path = folder / f"四年级{number}班{name}.xlsx"
        other_class(path, number)
        path.write_bytes(odd(path.read_bytes()))
    return folder


def not_ours(data: bytes) -> bytes:
    """Return a workbook with other words in it, so that what can be read of it is nobody's."""
    parts = parts_of(data)
    parts[BOOK] = re.sub(rb'(<sheet name=")[^"]*(" sheetId=")(\d+)', rb"\1x\3\2\3", parts[BOOK])
    parts[STRINGS] = re.sub(rb"<t[^>]*>[^<]*</t>", b"<t>x</t>", parts[STRINGS])
    return zip_of(parts)


@pytest.fixture(scope="module")
def result(inbox: Path) -> Iterator[Result]:
    """What the month gives, in a bounded time."""
    start = time.monotonic()
    yield work_out(collect(inbox), OCTOBER)
    assert time.monotonic() - start < SECONDS


def by_file(result: Result) -> Mapping[str, list[Issue]]:
    names = {submission.file.id: submission.file.name for submission in result.submissions}
    found: dict[str, list[Issue]] = {name: [] for name in names.values()}
    for issue in result.issues:
        if issue.file in names:
            found[names[issue.file]].append(issue)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_file_is_told(name: str, result: Result) -> None:
    """It has a sentence, in Chinese; no member of it has one of its own, unless it is an archive."""
    found = [issues for own, issues in by_file(result).items() if own == name or own.startswith(f"{name}/")]
    assert found
    assert all(found)
    assert len(found) == 1 or name.endswith(".zip")
    assert all(issue.rule in {rule for rule, _ in rules.REFUSALS.values()} for issues in found for issue in issues)


def test_no_sentence_is_an_exception(result: Result) -> None:
    """Every sentence is Chinese, and quotes no program."""
    for issue in result.issues:
        assert re.search("[\u4e00-\u9fff]{4}", issue.sentence)
        assert not re.search(r"Error|Exception|Traceback|[a-z]+ [a-z]+ [a-z]+|/tmp/", issue.sentence)


def test_the_class_beside_them_is_as_if_alone(result: Result, tmp_path: Path) -> None:
    """Its figures and what is said of its workbook are those of a month without any of them."""
    draw_month(tmp_path, small_month())
    alone = work_out(collect(tmp_path), OCTOBER)
    assert measures_of(result) == measures_of(alone)
    assert by_file(result)["班级00.xlsx"] == []


def measures_of(result: Result) -> list[Any]:
    measures = result.measured.measures
    rows = measures[(measures.level == "class") & (measures.grade == 3)]
    return sorted(tuple(map(str, row)) for row in rows.itertuples(index=False))


@pytest.mark.parametrize("name", OURS)
def test_what_stands_in_a_sheet_of_ours_ends_no_reader(name: str, result: Result) -> None:
    """It is read, or refused for what it is; the reader neither died nor was late."""
    found = next(issues for own, issues in by_file(result).items() if own.endswith(f"班{name}.xlsx"))
    ended = {rules.REFUSALS[reason][1] for reason in ("crashed", "too_slow")}
    assert not {issue.words.get("because") for issue in found} & ended


def test_the_program_ends_well(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, and everything is written."""
    target = tmp_path / "output"
    assert main(["report", "--month", "2026-10", "--input", str(inbox), "--output", str(target)]) == 0
    told = "".join(capsys.readouterr())
    assert "Traceback" not in told
    assert list(target.rglob("*.xlsx"))


@pytest.mark.parametrize("name", ODDLY_WRITTEN)
def test_what_excel_opens_is_read(name: str, workbook: bytes) -> None:
    """The same cells, hidden rows and struck text as of the plain one."""
    found = fenced(lambda: read_book(unwrapped(ODDLY_WRITTEN[name](workbook))))
    assert not isinstance(found, Trouble), found
    assert found.sheets == read_book(workbook).sheets


def test_an_unpacked_workbook_is_one_line(workbook: bytes, tmp_path: Path) -> None:
    """In an archive or in the folder itself; what else lies there is read."""
    draw_month(tmp_path, small_month())
    parts = {f"三年级/{name}": content for name, content in parts_of(workbook).items()}
    (tmp_path / "拆.zip").write_bytes(zip_of({**parts, "三年级/好.csv": b"a,b\n1,2\n"}))
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        archive.extractall(tmp_path / "拆开")
    (tmp_path / "拆开" / "班级00.xlsx").write_bytes((tmp_path / "班级00.xlsx").read_bytes())
    (tmp_path / "班级00.xlsx").unlink()
    files = {file.name: file.refusal for file in collect(tmp_path).files}
    assert files == {
        "拆.zip/三年级": "parts",
        "拆.zip/三年级/好.csv": "",
        "拆开": "parts",
        "拆开/班级00.xlsx": "",
        "学校月报.xlsx": "",
    }
    found = work_out(collect(tmp_path), OCTOBER)
    because = rules.REFUSALS["parts"][1]
    assert [issue.words["because"] for issue in found.issues if issue.rule is rules.DAMAGED] == [because] * 2


def test_an_archive_in_archives_is_unpacked_within_bounds() -> None:
    """Each of forty archives within is small enough; what all of them hold together is not unpacked."""
    inner = zip_of({f"{n}.bin": bytes(15 * 2**20) for n in range(4)})
    found = list(unpacked(zip_of({f"{n}.zip": inner for n in range(40)})))
    assert found[-1] == ("", Trouble("zip_bomb"))
    assert sum(len(content) for _, content in found[:-1] if isinstance(content, bytes)) < 300 * 2**20


NO_NUMBERS = ("大数", "非数", "无穷", "负无穷", "日期无穷")


@pytest.mark.parametrize("name", NO_NUMBERS)
def test_a_number_that_is_none_is_a_cell_in_error(name: str, result: Result) -> None:
    """It can't be counted with, and Excel would show an error."""
    found = next(issues for own, issues in by_file(result).items() if own.endswith(f"班{name}.xlsx"))
    assert any(issue.row == 4 and "#NUM!" in issue.sentence for issue in found)


@pytest.mark.parametrize("start", ["09000400", "09020600", "09040600"])
def test_a_workbook_of_thirty_years_ago_is_told_as_one(start: str, tmp_path: Path) -> None:
    """Excel 2 to 4 wrote records without a container; the sentence says how old it is and what to do."""
    (tmp_path / "旧.xls").write_bytes(bytes.fromhex(start) + bytes(100))
    (issue,) = (issue for issue in work_out(collect(tmp_path), OCTOBER).issues if issue.rule is rules.DAMAGED)
    assert "三十年前的 Excel" in issue.sentence
    assert "另存为 .xlsx" in issue.remedy
