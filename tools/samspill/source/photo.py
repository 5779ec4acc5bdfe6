"""Photographs and other raster pictures: upright, whole, and without a word about who took them, where and when.

What is published holds the pixels and what is needed to show them in their colours, nothing else: no place, time,
device, name, thumbnail, comment or second picture. Pixels are left as they are, bit by bit; only a picture that is
stored turned (straight from a phone) is written anew, with the same fineness, so that it stands upright everywhere.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

MAX_SIDE = 4_000
#: Bytes of the largest colour profile that is unpacked.
MAX_PROFILE = 4_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_ICC = b"ICC_PROFILE\0"
_EXIF = b"Exif\0\0"
#: Chunks of a PNG that decide how its pixels look.
_SHOWN = (b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"PLTE", b"tRNS", b"IDAT")
#: Tags of a colour profile that decide the colours; its names, dates and serial numbers are left out.
_COLOURS = frozenset(
    b"wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC chad cicp A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 lumi".split()
)
#: What other files begin with that people take for a PNG or JPEG.
_OTHERS = (
    ("a WebP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("a GIF", re.compile(rb"GIF8[79]a")),
    ("an AVIF", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    ("a HEIC, the form some phones save photos in", re.compile(rb"....ftyp(hei|hev|mif1|msf1)", re.DOTALL)),
    ("a BMP", re.compile(rb"BM....\0\0\0\0", re.DOTALL)),
    ("a TIFF", re.compile(rb"II\*\0|MM\0\*")),
    ("a JPEG XL", re.compile(rb"\xff\x0a|\0\0\0\x0cJXL ")),
    ("a PDF", re.compile(rb"%PDF-")),
    ("an SVG", re.compile(rb"\s*(<\?xml|<svg|<!DOCTYPE svg)")),
)


class UnfitError(Exception):
    """A picture that cannot be published: what is wrong, and what to do (or "" for the usual)."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


class UnreadableError(UnfitError):
    """A picture that is none, or has too many pixels."""


def _cut_off() -> UnfitError:
    return UnfitError("is damaged or cut off", "copy or save it anew from where it came")


@dataclass(frozen=True)
class Photo:
    """A picture as it is published: the bytes, the form and the size in pixels as it is seen."""

    data: bytes
    form: str
    width: int
    height: int


@dataclass(frozen=True)
class _Bare:
    """A picture without what is not needed to show it, as stored, and how it is to be turned (1 to 8)."""

    data: bytes
    width: int
    height: int
    orientation: int
    profile: bytes | None


def read(data: bytes, form: str) -> Photo:
    """Return a picture of a form ("png" or "jpeg") as it is published. Raises `UnfitError`."""
    found = "png" if data.startswith(_PNG) else "jpeg" if data.startswith(b"\xff\xd8\xff") else ""
    if not found:
        for name, start in _OTHERS:
            if start.match(data):
                raise UnfitError(f"is {name}", "save it as PNG or JPEG")
        raise UnreadableError("cannot be read as PNG or JPEG")
    if found != form:
        right = {"png": ("PNG", ".png"), "jpeg": ("JPEG", ".jpg")}[found]
        raise UnfitError(f"is a {right[0]}", f"let its name end in {right[1]}, here and in the text")
    try:
        bare = _bare_png(data) if found == "png" else _bare_jpeg(data)
    except (struct.error, IndexError, zlib.error) as error:
        raise UnreadableError(f"cannot be read as {found.upper()}") from error
    pixels = _pixels(bare, found)
    if bare.orientation == 1:
        return Photo(bare.data, found, bare.width, bare.height)
    return _turned(pixels, bare, found)


def _fits(width: int, height: int) -> None:
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise UnreadableError(f"has {width} × {height} pixels")


def _pixels(bare: _Bare, form: str) -> Pixels:
    """Return the decoded picture: all of it is there."""
    from PIL import Image  # noqa: PLC0415 - only when there are pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(bare.data), formats=(form.upper(),))
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, struct.error, zlib.error) as error:
        raise _cut_off() from error
    return image


# --- JPEG ---------------------------------------------------------------------------------------------------


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment up to the end of the image; a scan goes with its coded data."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise IndexError("no marker")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker == 0xD9:
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        end = at + length
        if length < 2 or end > len(data):
            raise IndexError("no end of segment")
        if marker == 0xDA:
            stop = _SCAN_END.search(data, end)
            if stop is None:
                raise _cut_off()
            end = stop.start()
        yield marker, data[at + 2 : end]
        at = end


_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Segments that hold the picture itself: frames, tables, restarts and scans.
_PICTURE = frozenset(range(0xC0, 0xD0)) | {0xDA, 0xDB, 0xDC, 0xDD}


def _bare_jpeg(data: bytes) -> _Bare:
    kept: list[bytes] = []
    parts: dict[int, bytes] = {}
    orientation, size, colours, jfif = 1, (0, 0), 0, False
    seen_exif = False
    for marker, content in _segments(data):
        if marker == 0xE1 and content.startswith(_EXIF) and not seen_exif:
            seen_exif = True
            orientation = _orientation(content[len(_EXIF) :])
        elif marker == 0xE2 and content.startswith(_ICC):
            parts.setdefault(content[len(_ICC)], content[len(_ICC) + 2 :])
        elif marker == 0xE0 and content.startswith(b"JFIF\0"):
            jfif = True
        elif marker == 0xEE and content.startswith(b"Adobe") and len(content) >= 12:
            # Whether the three colours are stored as they are or as brightness and two differences.
            kept.append(_segment(marker, content[:12]))
        elif marker in _PICTURE:
            if marker in _FRAMES and not colours:
                _, height, width, colours = struct.unpack_from(">BHHB", content)
                size = (width, height)
                _fits(width, height)
            kept.append(_segment(marker, content))
    if colours == 4:
        raise UnfitError("is in the colours of a printing press (CMYK)", "save it in RGB, the colours of a screen")
    if colours not in (1, 3):
        raise IndexError("no frame")
    profile = _plain_profile(b"".join(parts[key] for key in sorted(parts)), b"GRAY" if colours == 1 else b"RGB ")
    head = [b"\xff\xd8"]
    if jfif:
        head.append(_segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"))
    room = 65_500
    pieces = [profile[at : at + room] for at in range(0, len(profile), room)] if profile else []
    head += [
        _segment(0xE2, _ICC + bytes([number, len(pieces)]) + piece) for number, piece in enumerate(pieces, 1)
    ]
    return _Bare(b"".join([*head, *kept, b"\xff\xd9"]), *size, orientation, profile)


def _segment(marker: int, content: bytes) -> bytes:
    # A scan's coded data follows its header and is not counted.
    length = struct.unpack_from(">B", content)[0] * 2 + 4 if marker == 0xDA else len(content)
    return struct.pack(">BBH", 0xFF, marker, length + 2) + content


def _orientation(exif: bytes) -> int:
    """Return how a camera was held, 1 to 8, from its notes; 1 when they do not say."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        (start,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, start)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * number)
            if tag == 0x0112 and kind == 3:
                return int(value) if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


# --- PNG ----------------------------------------------------------------------------------------------------


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while True:
        if at + 12 > len(data):
            raise _cut_off()
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != struct.pack(">I", zlib.crc32(kind + content)):
            raise _cut_off()
        yield kind, content
        if kind == b"IEND":
            return
        at += 12 + length


def _bare_png(data: bytes) -> _Bare:
    (_, first), width, height, _, colour = struct.unpack_from(">I4s", data, 8), *struct.unpack_from(">IIBB", data, 16)
    if first != b"IHDR":
        raise IndexError("no header")
    _fits(width, height)
    kept: list[tuple[bytes, bytes]] = []
    profile: bytes | None = None
    orientation = 1
    seen: set[bytes] = set()
    for kind, content in _chunks(data):
        if kind == b"acTL":
            raise UnfitError("moves", "use a still one: movement cannot be printed, and cannot be stopped on the web")
        if kind == b"eXIf":
            orientation = _orientation(content)
        if kind not in (*_SHOWN, b"IHDR", b"IEND") or (kind in seen and kind != b"IDAT"):
            if kind[0] & 0x20 == 0 and kind not in seen:
                raise IndexError("an unknown chunk that matters")
            continue
        seen.add(kind)
        if kind == b"iCCP":
            profile = _plain_profile(_unpacked(content), b"RGB " if colour & 2 else b"GRAY")
            if profile is None:
                continue
            kept.append((kind, b"icc\0\0" + zlib.compress(profile, 9)))
        else:
            kept.append((kind, content))
    written = _PNG + b"".join(_chunk(kind, content) for kind, content in kept)
    return _Bare(written, width, height, orientation, profile)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _unpacked(content: bytes) -> bytes:
    """Return the colour profile of a chunk, or nothing when it is damaged or far too large."""
    start = content.find(b"\0") + 2
    unpack = zlib.decompressobj()
    try:
        found = unpack.decompress(content[start:], MAX_PROFILE)
    except zlib.error:
        return b""
    return found if unpack.eof else b""


# --- turning and colours ------------------------------------------------------------------------------------


def _turned(image: Pixels, bare: _Bare, form: str) -> Photo:
    """Return a picture that is stored turned or mirrored as it is seen."""
    from PIL import Image  # noqa: PLC0415

    how = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }[bare.orientation]
    turned = image.transpose(how)
    out = io.BytesIO()
    if form == "png":
        turned.save(out, "PNG", icc_profile=bare.profile)
        made = _bare_png(out.getvalue())
    else:
        # As fine as before: the tables that say how much of each pattern is kept turn with the picture.
        tables = [list(table) for table in image.quantization.values()]  # type: ignore[attr-defined]
        if bare.orientation >= 5:
            tables = [[table[8 * column + row] for row in range(8) for column in range(8)] for table in tables]
        fineness = 2 if image.mode == "RGB" and _halved(image) else 0
        turned.save(out, "JPEG", qtables=tables, subsampling=fineness, icc_profile=bare.profile, optimize=True)
        made = _bare_jpeg(out.getvalue())
    return Photo(made.data, form, made.width, made.height)


def _halved(image: Pixels) -> bool:
    """Tell whether a photo keeps its colours at half the fineness in both directions, as most cameras do."""
    from PIL import JpegImagePlugin  # noqa: PLC0415

    return JpegImagePlugin.get_sampling(image) == 2


def _plain_profile(profile: bytes, space: bytes) -> bytes | None:
    """Return a colour profile with the colours only: no names, dates, makers or serial numbers of a screen.

    None when it is damaged or for another kind of colours.
    """
    try:
        size, count = struct.unpack_from(">I", profile)[0], struct.unpack_from(">I", profile, 128)[0]
        if profile[36:40] != b"acsp" or profile[16:20] != space or size > len(profile) or count > 100:
            return None
        tags: dict[bytes, bytes] = {}
        for number in range(count):
            name, start, length = struct.unpack_from(">4sII", profile, 132 + 12 * number)
            if name in _COLOURS and length and start + length <= len(profile):
                tags[name] = profile[start : start + length]
    except struct.error:
        return None
    if not tags.keys() & {b"rXYZ", b"kTRC", b"A2B0"}:
        return None
    version = profile[8]
    tags[b"desc"] = _words("RGB" if space == b"RGB " else "Grey", version, b"desc")
    tags[b"cprt"] = _words("No copyright", version, b"text")
    header = bytearray(128)
    header[8:24] = profile[8:24]  # version, class, colours, connection space
    header[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    header[36:40] = b"acsp"
    header[64:80] = profile[64:80]  # intent and white
    table, body, places = b"", b"", {}
    for name in sorted(tags):
        content = tags[name]
        if content not in places:
            body += b"\0" * (-len(body) % 4)
            places[content] = 132 + 12 * len(tags) + len(body)
            body += content
        table += struct.pack(">4sII", name, places[content], len(content))
    body += b"\0" * (-len(body) % 4)
    made = struct.pack(">I", len(tags)) + table + body
    header[0:4] = struct.pack(">I", 128 + len(made))
    return bytes(header) + made


def _words(text: str, version: int, kind: bytes) -> bytes:
    """Return a text as the tag of a colour profile."""
    if version >= 4:
        said = text.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"GB", len(said), 28) + said
    said = text.encode("ascii") + b"\0"
    if kind == b"text":
        return b"text\0\0\0\0" + said
    return b"desc\0\0\0\0" + struct.pack(">I", len(said)) + said + bytes(8 + 3 + 67)
