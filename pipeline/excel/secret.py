"""Workbooks with a password: encrypted as Excel and WPS do it (agile AES-256), opened again with the same password.

Sheet protection is no secrecy; this is.
"""

from __future__ import annotations

from io import BytesIO

from pipeline.excel.guard import Refused, content_type

BUILT_IN_PASSWORD = "VelvetSweatshop"  # Excel opens a workbook protected with it without asking


def encrypted(data: bytes, password: str) -> bytes:
    """Return a workbook that opens with the password only. Raises ValueError for an empty password."""
    if not password:
        raise ValueError("an empty password protects nothing")
    from msoffcrypto.format.ooxml import OOXMLFile  # with a library of ciphers behind it, that few months need

    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def decrypted(data: bytes, password: str) -> bytes:
    """Return the workbook itself; bytes that are not encrypted, or without a password to try, as they are.

    Raises Refused where the password is not the right one.
    """
    if not password or content_type(data) != "password":
        return data
    return decrypted_with(data, password)


def decrypted_with(data: bytes, password: str) -> bytes:
    """Return the workbook inside an encrypted one, .xls too. Raises Refused where the password does not open it."""
    import msoffcrypto

    out = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        file.load_key(password=password)
        file.decrypt(out)
    except Exception:  # a torn container or an unknown cipher raises whatever its parser meets: all of it says closed
        raise Refused("password") from None
    return out.getvalue()
