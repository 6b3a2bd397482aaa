"""What is read without a parser is what the parser reads, whatever a sheet is made of."""

from __future__ import annotations

import random
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from pipeline.excel import second_look
from pipeline.excel.plain_look import plain_sheet, plain_strings

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x="urn:x"'
PLAIN = (
    '<c r="{a}" s="3"/>', '<c r="{a}" s="3"></c>', '<c r="{a}"><v>12</v></c>', '<c r="{a}" s="1" t="s"><v>2</v></c>',
    '<c r="{a}" t="s"><v> 0 </v></c>', '<c r="{a}" t="inlineStr"><is><t>王小明</t></is></c>', '<c r="{a}"><v></v></c>',
    '<c r="{a}" s="1" t="inlineStr"><is><t xml:space="preserve"> 二 </t></is></c>', '<c r="{a}" t="e"><v>#N/A</v></c>',
    '<c r="{a}" t="b"><v>1</v></c>', '<c r="{a}" t="str"><v>字</v></c>',
)  # fmt: skip
ODD = (
    "<c><v>7</v></c>", '<c r="{a}"><f>A1</f></c>', '<c r="{a}"><f>A1</f><v>3</v></c>', '<c r="$B$2"><v>5</v></c>',
    '<c r="{a}" t="inlineStr"><is><t>a&lt;b</t></is></c>', "<!-- 一句 -->", '<x:c r="{a}"><x:v>9</x:v></x:c>',
    '<c r="{a}" t="inlineStr"><is><r><rPr><strike/></rPr><t>划</t></r><r><t>留</t></r></is></c>', "文字",
    '<c t="s" r="{a}"><v>1</v></c>', '<c r="{a}"><v><![CDATA[6]]></v></c>', '<c r="b7"><v>5</v></c>', "<?x y?>",
    '<!--<c r="A1"><v>1</v></c>-->', '<c r="{a}" t="e"/>', '<c r="{a}"><v>1</v><extLst><ext/></extLst></c>', "<row/>",
    '<c r="{a}"><v>1\r\n</v></c>', '<c r="{a}" cm="1"><v>4</v></c>', '<c r="{a}"><v>8</v>', "</c>", '<c r="{a}"><v/></c>',
)  # fmt: skip
ROWS = ('<row r="{n}">', '<row r="{n}" hidden="1" x:d="2">', "<row>", '<row r="{n}" spans="1:3" hidden="true">')


def _sheet(rng: random.Random, oddness: float) -> bytes:
    rows = []
    for number in range(1, rng.randint(1, 6)):
        cells = [
            rng.choice(ODD if rng.random() < oddness else PLAIN).replace("{a}", f"{column}{number}")
            for column in "ABCD"
        ]
        rows.append(
            rng.choice(ROWS).format(n=number) + "".join(cells) + "</row>" + ("<row/>" if rng.random() < 0.1 else "")
        )
    head = rng.choice(('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', '<?xml version="1.0"?>', ""))
    tail = rng.choice(
        ("", "", "", "", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', "<!-- 完 -->", "<row/>", "<oops>")
    )
    return f"{head}<worksheet {NAMESPACE}><sheetData>{''.join(rows)}</sheetData>{tail}</worksheet>".encode()


def _found(xml: bytes) -> object:
    try:
        return second_look.look(xml, frozenset("13"), frozenset("02"))
    except etree.XMLSyntaxError:
        return "damaged"


def _same(monkeypatch: pytest.MonkeyPatch, xml: bytes) -> bool:
    """Tell whether both ways find the same, and whether the sheet is plain by itself."""
    own = _found(xml)
    with monkeypatch.context() as context:
        context.setattr(second_look, "plain_sheet", lambda xml: None)
        assert own == _found(xml), xml.decode()
    try:
        return plain_sheet(xml) is not None
    except etree.XMLSyntaxError:
        return False


@pytest.mark.parametrize("seeds", [range(300), pytest.param(range(300, 20_000), marks=pytest.mark.slow)])
def test_drawn_sheets_are_read_alike(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain sheets are known as such, and odd ones, well-formed or not, are never taken for plain with another result."""
    drawn = [_sheet(random.Random(seed), (0.0, 0.05, 0.3)[seed % 3]) for seed in seeds]
    plain = sum(_same(monkeypatch, xml) for xml in drawn)
    assert len(drawn) / 8 < plain < len(drawn)


def test_our_own_templates_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fills our template by a program that writes plainly is read in the short time."""
    for path in Path("input_templates").glob("*.xlsx"):
        with ZipFile(path) as package:
            sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
            assert sum(_same(monkeypatch, xml) for xml in sheets) >= len(sheets) - 2, "all but what is made of formulas"


def test_strings_are_read_alike() -> None:
    plain = f'<?xml version="1.0" encoding="UTF-8"?><sst {NAMESPACE} count="2"><si><t>一</t></si><si><t xml:space="preserve"> 二</t></si></sst>'
    assert plain_strings(plain.encode()) == ["一", " 二"] == list(second_look.shared_strings(plain.encode()).texts)
    for odd in ("<si/>", "<si><r><t>三</t></r></si>", "<si><t>a&amp;b</t></si>", "<!-- -->", "<si><t/></si>"):
        assert plain_strings(plain.replace("<si>", odd + "<si>", 1).encode()) is None
