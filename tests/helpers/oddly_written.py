"""Workbooks of ours with something in them that no teacher typed, or that another program wrote otherwise."""

from __future__ import annotations

import re

from helpers.odd_workbooks import BUTTON, commented, drawn
from helpers.sheet_xml import STRINGS, cell, every, utf16
from helpers.workbook_parts import (
    BOOK,
    BOOK_RELS,
    OFFICE,
    SHEET,
    SHEET_RELS,
    STYLES,
    Odd,
    added,
    all_of,
    changed,
    parts_of,
    renamed,
    sub,
    zip_of,
)

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
    "a sheet in UTF-16": changed(lambda parts: utf16(parts, SHEET)),
    "strings in UTF-16": changed(lambda parts: utf16(parts, STRINGS)),
    "styles in UTF-16": changed(lambda parts: utf16(parts, STYLES)),
    "all in UTF-16": changed(
        lambda parts: [utf16(parts, name) for name in parts if name.endswith((".xml", ".rels"))] and None
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
