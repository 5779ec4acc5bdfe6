"""Photographs: upright and whole, and without a word about who took them, where and when."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from samspill.source.photo import Photo, UnfitError, _bare_jpeg, read

SECRETS = (b"Marit", b"Hjemme", b"2026:01:02", b"SN-4711")


def scene(width: int = 64, height: int = 32, mode: str = "RGB") -> Image.Image:
    """A picture whose upper left corner is red, lower left corner blue, and the rest green."""
    image = Image.new("RGB", (width, height), (0, 160, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=(255, 0, 0))
    draw.rectangle((0, height // 2, width // 2 - 1, height), fill=(0, 0, 255))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def notes(orientation: int = 1) -> Image.Exif:
    """What a camera writes: who, when, where, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B], exif[0x0132], exif[0x010F] = "Marit", "2026:01:02 03:04:05", "SN-4711"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 40.0), 3: "E", 4: (10.0, 45.0, 9.0)})
    exif.get_ifd(0x8769)[0x927C] = b"Hjemme"
    return exif


def opened(photo: Photo) -> Image.Image:
    image = Image.open(io.BytesIO(photo.data))
    image.load()
    return image


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def segments(data: bytes) -> list[int]:
    """The markers of a JPEG up to its first scan."""
    found, at = [], 2
    while found[-1:] != [0xDA]:
        found.append(data[at + 1])
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return found


def chunks(data: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        found.append(kind)
        at += 12 + length
    return found


# --- what is not published ----------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
def test_a_photo_tells_nothing_but_its_pixels() -> None:
    plain = saved(scene(), "JPEG", exif=notes(), comment="Marit", dpi=(72, 72))
    said = b"".join(
        [
            segment(0xE0, b"JFXX\0\x13Marit"),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Hjemme</x:xmpmeta>"),
            segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x05Marit\0"),
            segment(0xE2, b"MPF\0Marit"),
            segment(0xFE, b"Hjemme"),
        ]
    )
    data = plain[:2] + said + plain[2:] + b"Marit" + plain
    photo = read(data, "jpeg")
    assert (photo.form, photo.width, photo.height) == ("jpeg", 64, 32)
    assert not [secret for secret in SECRETS if secret in photo.data]
    assert photo.data.count(b"\xff\xd8\xff") == 1
    assert photo.data.endswith(b"\xff\xd9")
    assert segments(photo.data) == [0xE0, 0xDB, 0xDB, 0xC0, 0xC4, 0xC4, 0xC4, 0xC4, 0xDA]
    assert opened(photo).tobytes() == Image.open(io.BytesIO(data), formats=("JPEG",)).tobytes()


def test_a_png_tells_nothing_but_its_pixels() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Marit")
    info.add_itxt("Comment", "Hjemme", zip=False)
    info.add_text("Place", "Marit", zip=True)
    data = saved(scene(), "PNG", pnginfo=info, exif=notes(), dpi=(72, 72)) + b"Marit"
    photo = read(data[:33] + chunk(b"tIME", b"\x07\xea\1\1\1\1\1") + chunk(b"maRt", b"SN-4711") + data[33:], "png")
    assert chunks(photo.data) == [b"IHDR", b"IDAT", b"IEND"]
    assert opened(photo).tobytes() == scene().tobytes()


def display_profile(version: int) -> bytes:
    """The colour profile of a screen, which names the screen and its owner."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tags = [struct.unpack_from(">4sII", made, 132 + 12 * n) for n in range(struct.unpack_from(">I", made, 128)[0])]
    contents = [(name, made[start : start + size]) for name, start, size in tags]
    contents.append((b"mmod", b"mmod\0\0\0\0SN-4711 "))
    contents.append((b"dscm", b"mluc\0\0\0\0Marit   "))
    table, body = b"", b""
    for name, content in contents:
        body += b"\0" * (-len(body) % 4)
        table += struct.pack(">4sII", name, 132 + 12 * len(contents) + len(body), len(content))
        body += content
    whole = made[4:128] + struct.pack(">I", len(contents)) + table + body
    whole = struct.pack(">I", len(whole) + 4) + whole
    return whole[:8] + bytes([version]) + whole[9:48] + b"MaritPC\0" + whole[56:]


@pytest.mark.parametrize("version", [2, 4])
@pytest.mark.parametrize("form", ["jpeg", "png"])
def test_colours_stay_and_the_name_of_a_screen_goes(form: str, version: int) -> None:
    profile = display_profile(version)
    photo = read(saved(scene(), form.upper(), icc_profile=profile), form)
    kept = opened(photo).info["icc_profile"]
    assert not [secret for secret in SECRETS if secret in photo.data + kept]
    lab = ImageCms.createProfile("LAB")
    many = Image.effect_mandelbrot((40, 40), (-2, -1, 1, 1), 60).convert("RGB")
    before, after = (
        ImageCms.applyTransform(many, ImageCms.buildTransform(io.BytesIO(each), lab, "RGB", "LAB")).tobytes()
        for each in (profile, kept)
    )
    assert before == after
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(kept))).strip() == "RGB"


@pytest.mark.parametrize("profile", [b"x" * 200, display_profile(2)[:300], display_profile(2)[:128]])
def test_a_damaged_profile_is_left_out(profile: bytes) -> None:
    for form in ("jpeg", "png"):
        assert "icc_profile" not in opened(read(saved(scene(), form.upper(), icc_profile=profile), form)).info


def small_profile(version: int, space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A colour profile by hand: a header full of marks, then its tags, one after the other."""
    head = b"MARI" + bytes([version]) + b"\1\2\3" + b"mntr" + space + b"XYZ " + b"\7" * 12 + b"acsp"
    head += b"Marit" * 4 + b"\1\1\1\1" + bytes(range(64, 80)) + b"SN-4711 " * 6
    table, body = b"", b""
    for name, content in tags.items():
        table += struct.pack(">4sII", name, 132 + 12 * len(tags) + len(body), len(content))
        body += content
    whole = head + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", 4 + len(whole)) + whole


def published_profile(profile: bytes, mode: str, form: str) -> bytes | None:
    found: bytes | None = opened(read(saved(scene(mode=mode), form, icc_profile=profile), form.lower())).info.get(
        "icc_profile"
    )
    return found


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(("mode", "space", "name"), [("RGB", b"RGB ", "RGB"), ("L", b"GRAY", "Grey")])
def test_a_profile_is_written_anew_byte_for_byte(form: str, mode: str, space: bytes, name: str) -> None:
    given = {b"wtpt": b"white.", b"gTRC": b"curve", b"kTRC": b"curve", b"desc": b"Marit"}
    head = b"\1\2\3" + b"mntr" + space + b"XYZ " + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp"
    head += bytes(24) + bytes(range(64, 80)) + bytes(48)
    length = len(name)
    for version, desc, cprt in (
        (
            2,
            b"desc\0\0\0\0\0\0\0" + bytes([length + 1]) + name.encode() + b"\0" + bytes(78),
            b"text\0\0\0\0No copyright\0",
        ),
        (
            4,
            b"mluc\0\0\0\0\0\0\0\1\0\0\0\x0cenGB\0\0\0" + bytes([2 * length]) + b"\0\0\0\x1c"
            + name.encode("utf-16-be"),
            b"mluc\0\0\0\0\0\0\0\1\0\0\0\x0cenGB\0\0\0\x18\0\0\0\x1c" + "No copyright".encode("utf-16-be"),
        ),
    ):
        table, body, at = b"", b"", {}
        for content in (cprt, desc, b"curve", b"white."):
            at[content] = 132 + 5 * 12 + len(body)
            body += content + b"\0" * {0: 0, 1: 3, 2: 2, 3: 1}[len(content) % 4]
        for tag, content in (
            (b"cprt", cprt), (b"desc", desc), (b"gTRC", b"curve"), (b"kTRC", b"curve"), (b"wtpt", b"white."),
        ):  # fmt: skip
            table += struct.pack(">4sII", tag, at[content], len(content))
        made = bytes([version]) + head + b"\0\0\0\5" + table + body
        expected = struct.pack(">I", len(made) + 8) + bytes(4) + made
        assert published_profile(small_profile(version, space, given), mode, form) == expected


def test_a_profile_that_cannot_be_right_is_left_out() -> None:
    tags = {b"rXYZ": b"red."}
    good = small_profile(2, b"RGB ", tags)
    assert published_profile(good, "RGB", "PNG") is not None
    assert published_profile(small_profile(2, b"RGB ", {b"A2B0": b"red."}), "RGB", "PNG") is not None
    wrong = {
        "of another kind of colours": small_profile(2, b"GRAY", tags),
        "without its sign": good.replace(b"acsp", b"acsq"),
        "cut off": good[:-1],
        "without colours": small_profile(2, b"RGB ", {b"wtpt": b"red."}),
        "with an empty colour": small_profile(2, b"RGB ", {b"rXYZ": b"", b"wtpt": b"red."}),
        "with a colour behind its end": good[:136] + struct.pack(">I", len(good)) + good[140:],
        "with too many tags": good[:128] + struct.pack(">I", 101) + good[132:] + bytes(1_300),
    }
    assert {why for why, each in wrong.items() if published_profile(each, "RGB", "PNG") is not None} == set()


def test_a_profile_may_be_so_large_and_no_larger() -> None:
    small = small_profile(2, b"RGB ", {b"rXYZ": b"red."})
    for size, kept in ((4_000_000, True), (4_000_001, False)):
        packed = chunk(b"iCCP", b"a\0\0" + zlib.compress(small.ljust(size, b"\0"), 1))
        photo = read(GOOD_PNG[:33] + packed + GOOD_PNG[33:], "png")
        assert (b"iCCP" in chunks(photo.data)) == kept


def test_a_large_profile_is_carried_in_pieces() -> None:
    profile = small_profile(2, b"RGB ", {b"rXYZ": bytes(range(256)) * 600})
    photo = read(saved(scene(), "JPEG", icc_profile=profile), "jpeg")
    assert segments(photo.data)[:4] == [0xE0, 0xE2, 0xE2, 0xE2]
    assert bytes(range(256)) * 600 in opened(photo).info["icc_profile"]


@pytest.mark.parametrize(("order", "short"), [(b"II*\0", "<"), (b"MM\0*", ">")])
@pytest.mark.parametrize(
    ("tag", "kind", "value", "seen"),
    [(0x112, 3, 6, 6), (0x112, 3, 8, 8), (0x112, 3, 9, 1), (0x112, 3, 0, 1), (0x112, 4, 6, 1), (0x113, 3, 6, 1)],
)
def test_how_a_camera_was_held(order: bytes, short: str, tag: int, kind: int, value: int, seen: int) -> None:
    entries = [(0x010F, 3, 1, 8), (tag, kind, 1, value)]
    exif = order + struct.pack(f"{short}IH", 10, 2)[:4] + b"\0\0" + struct.pack(f"{short}H", 2)
    exif += b"".join(struct.pack(f"{short}HHIHH", *entry, 0) for entry in entries)
    plain = scene(48, 16)
    photo = read(saved(plain, "PNG")[:33] + chunk(b"eXIf", exif) + saved(plain, "PNG")[33:], "png")
    assert (photo.width, photo.height) == ((16, 48) if seen >= 5 else (48, 16))
    assert (photo.data == saved(plain, "PNG")) == (seen == 1)
    data = saved(plain, "JPEG")
    twice = segment(0xE1, b"Exif\0\0" + exif) + segment(0xE1, b"Exif\0\0" + notes(6).tobytes())
    jpeg = read(data[:2] + twice + data[2:], "jpeg")
    assert (jpeg.width, jpeg.height) == (photo.width, photo.height)
    assert (jpeg.data == read(data, "jpeg").data) == (seen == 1)


def test_a_profile_of_a_turned_picture_stays() -> None:
    profile = small_profile(2, b"RGB ", {b"rXYZ": b"red."})
    for form in ("JPEG", "PNG"):
        upright = published_profile(profile, "RGB", form)
        turned = read(saved(scene(), form, icc_profile=profile, exif=notes(6)), form.lower())
        assert opened(turned).info["icc_profile"] == upright


def test_chunks_that_say_how_pixels_look_stay() -> None:
    said = [chunk(kind, content) for kind, content in (
        (b"gAMA", b"\0\0\xb1\x8f"), (b"cHRM", bytes(32)), (b"sRGB", b"\0"), (b"cICP", b"\1\1\0\1"),
        (b"sBIT", b"\x08\x08\x08"),
    )]  # fmt: skip
    data = GOOD_PNG[:33] + b"".join(said) + said[0] + GOOD_PNG[33:]
    assert read(data, "png").data == GOOD_PNG[:33] + b"".join(said) + GOOD_PNG[33:]


def test_a_jpeg_that_says_nothing_of_its_kind_stays_as_it_is() -> None:
    assert segments(GOOD_JPEG)[0] == 0xE0
    plain = GOOD_JPEG[:2] + GOOD_JPEG[20:]
    assert read(plain, "jpeg").data == plain


def test_stuffing_before_a_marker_is_passed_over() -> None:
    adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\1Marit")
    data = GOOD_JPEG[:2] + b"\xff\xff" + adobe + b"\xff\xff\xff\x01\xff\xd0" + segment(0xEE, b"Adobe") + GOOD_JPEG[2:]
    assert read(data, "jpeg").data == GOOD_JPEG[:20] + segment(0xEE, b"Adobe\0\x64\0\0\0\0\1") + GOOD_JPEG[20:]


def test_which_segments_of_a_jpeg_are_its_picture() -> None:
    at = GOOD_JPEG.index(b"\xff\xda")
    kept = []
    for marker in {*range(0xC0, 0xFF)} - {*range(0xD0, 0xD8), 0xD9, 0xDA}:
        one = segment(marker, bytes(20))
        made = _bare_jpeg(GOOD_JPEG[:at] + one + GOOD_JPEG[at:]).data
        assert made in (GOOD_JPEG, GOOD_JPEG[:at] + one + GOOD_JPEG[at:])
        kept += [marker] if made != GOOD_JPEG else []
    # Frames and their tables, C0 to CF; tables to decode with; the height said afterwards; and how often it restarts.
    assert kept == [*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD]


# --- upright ------------------------------------------------------------------------------------------------

#: Upper left, upper right, lower right and lower left as they are seen, by the orientation stored (EXIF 2.32, 4.6.5.1:
#: with 8, the first row is the left side seen and the first column the foot).
SEEN = {
    1: ("red", "green", "green", "blue"),
    2: ("green", "red", "blue", "green"),
    3: ("green", "blue", "red", "green"),
    4: ("blue", "green", "green", "red"),
    5: ("red", "blue", "green", "green"),
    6: ("blue", "red", "green", "green"),
    7: ("green", "green", "red", "blue"),
    8: ("green", "green", "blue", "red"),
}


def colour(pixel: tuple[int, ...]) -> str:
    return ("red", "green", "blue")[max(range(3), key=lambda each: pixel[each])]


@pytest.mark.parametrize("form", ["jpeg", "png"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_published_as_it_is_seen(orientation: int, form: str) -> None:
    data = saved(scene(), form.upper(), exif=notes(orientation))
    photo = read(data, form)
    assert (photo.width, photo.height) == ((64, 32) if orientation < 5 else (32, 64))
    image = opened(photo)
    assert image.size == (photo.width, photo.height)
    assert not image.getexif()
    right, foot = photo.width - 4, photo.height - 4
    corners = [image.getpixel(at) for at in ((4, 4), (right, 4), (right, foot), (4, foot))]
    assert tuple(map(colour, corners)) == SEEN[orientation]
    assert not [secret for secret in SECRETS if secret in photo.data]
    assert read(data, form) == photo


def test_a_turned_photo_stays_as_fine_as_it_was() -> None:
    noise = Image.effect_noise((320, 160), 40).convert("RGB")
    for quality, fineness in ((90, 2), (60, 0)):
        data = saved(noise, "JPEG", quality=quality, subsampling=fineness, exif=notes(6))
        stored, image = Image.open(io.BytesIO(data)), opened(read(data, "jpeg"))
        turned = stored.transpose(Image.Transpose.ROTATE_270)
        off = sum(abs(a - b) for a, b in zip(turned.convert("L").tobytes(), image.convert("L").tobytes(), strict=True))
        assert off / (320 * 160) < 1
        tables = [sorted(table) for table in image.quantization.values()]  # type: ignore[attr-defined]
        assert tables == [sorted(table) for table in stored.quantization.values()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("orientation", "lying"), [(2, False), (3, False), (4, False), (5, True), (6, True), (7, True), (8, True)]
)
def test_the_tables_of_a_photo_turn_with_it(orientation: int, lying: bool) -> None:
    data = saved(scene(), "JPEG", exif=notes(orientation))
    tables = [Image.open(io.BytesIO(each)).quantization[0] for each in (data, read(data, "jpeg").data)]  # type: ignore[attr-defined]
    # The fourth of the first row and the first of the fourth row differ.
    assert [(table[3], table[24]) for table in tables] == [(8, 7), (7, 8) if lying else (8, 7)]


# --- one clear problem, or a right picture ------------------------------------------------------------------

CUT = ("is damaged or cut off", "copy or save it anew from where it came")
AS_PNG = "save it as PNG or JPEG"
GOOD_PNG = saved(scene(), "PNG")
GOOD_JPEG = saved(scene(), "JPEG")
frames = [scene(), scene().rotate(180)]
WRONG: dict[str, tuple[bytes, str, str, str]] = {
    "cut PNG": (GOOD_PNG[:-30], "png", *CUT),
    "PNG without its end": (GOOD_PNG[:-12], "png", *CUT),
    "PNG without pixels": (GOOD_PNG[:33] + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""), "png", *CUT),
    "PNG with a wrong sum": (GOOD_PNG[:50] + bytes([GOOD_PNG[50] ^ 255]) + GOOD_PNG[51:], "png", *CUT),
    "PNG with a wrong sum of its light": (
        GOOD_PNG[:33] + chunk(b"gAMA", b"\0\0\xb1\x8f")[:-1] + b"\0" + GOOD_PNG[33:], "png", *CUT
    ),
    "cut JPEG": (GOOD_JPEG[:-30], "jpeg", *CUT),
    "CMYK": (
        saved(scene(mode="CMYK"), "JPEG"),
        "jpeg",
        "is in the colours of a printing press (CMYK)",
        "save it in RGB, the colours of a screen",
    ),
    "moving PNG": (
        saved(frames[0], "PNG", save_all=True, append_images=frames[1:]),
        "png",
        "moves",
        "use a still one: movement cannot be printed, and cannot be stopped on the web",
    ),
    "PNG named JPEG": (GOOD_PNG, "jpeg", "is a PNG", "let its name end in .png, here and in the text"),
    "JPEG named PNG": (GOOD_JPEG, "png", "is a JPEG", "let its name end in .jpg, here and in the text"),
    "WebP": (saved(scene(), "WEBP"), "png", "is a WebP", AS_PNG),
    "GIF": (saved(scene(), "GIF"), "png", "is a GIF", AS_PNG),
    "TIFF": (saved(scene(), "TIFF"), "jpeg", "is a TIFF", AS_PNG),
    "BMP": (saved(scene(), "BMP"), "jpeg", "is a BMP", AS_PNG),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "jpeg", "is a HEIC, the form some phones save photos in", AS_PNG),
    "AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0", "png", "is an AVIF", AS_PNG),
    "PDF": (b"%PDF-1.7\n", "png", "is a PDF", AS_PNG),
    "SVG": (b"<svg/>", "png", "is an SVG", AS_PNG),
    "text with a sign of PDF": (b"Hei %PDF-", "png", "cannot be read as PNG or JPEG", ""),
    "text": (b"Hei", "png", "cannot be read as PNG or JPEG", ""),
    "nothing": (b"", "jpeg", "cannot be read as PNG or JPEG", ""),
    "cut header": (GOOD_PNG[:20], "png", "cannot be read as PNG", ""),
    "JPEG cut in its tables": (GOOD_JPEG[:40], "jpeg", "cannot be read as JPEG", ""),
    "Apple's own PNG": (
        GOOD_PNG[:33] + chunk(b"CgBI", b"") + GOOD_PNG[33:],
        "png",
        "cannot be read as PNG",
        "",
    ),
    "bomb": (
        GOOD_PNG[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)) + GOOD_PNG[33:],
        "png",
        "has 60000 × 60000 pixels",
        "",
    ),
    "HEIC of another brand": (
        b"\0\0\0\x18ftypmif1", "jpeg", "is a HEIC, the form some phones save photos in", AS_PNG
    ),
    "AVIF in a row": (b"\0\0\n\x18ftypavis", "png", "is an AVIF", AS_PNG),
    "WebP with a line break": (b"RIFF\n\0\0\0WEBP", "png", "is a WebP", AS_PNG),
    "BMP with a line break": (b"BM\n\0\0\0\0\0\0\0", "png", "is a BMP", AS_PNG),
    "HEIC with a line break": (
        b"\0\0\0\nftypheic", "jpeg", "is a HEIC, the form some phones save photos in", AS_PNG
    ),
    "TIFF of a Mac": (b"MM\0*", "png", "is a TIFF", AS_PNG),
    "JPEG XL": (b"\xff\x0a", "png", "is a JPEG XL", AS_PNG),
    "PNG with its header later": (
        GOOD_PNG[:8] + chunk(b"gAMA", bytes(4)) + GOOD_PNG[8:], "png", "cannot be read as PNG", ""
    ),
    "flat PNG": (
        GOOD_PNG[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 4_000, 0, 1, 0, 0, 0, 0)), "png",
        "has 4000 × 0 pixels", "",
    ),
    "high PNG": (
        GOOD_PNG[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 4_001, 1, 0, 0, 0, 0)), "png",
        "has 1 × 4001 pixels", "",
    ),
    "JPEG without a picture": (b"\xff\xd8\xff\xd9", "jpeg", "cannot be read as JPEG", ""),
    "JPEG with an empty segment": (b"\xff\xd8\xff\xe0\0\1\xff\xd9", "jpeg", "cannot be read as JPEG", ""),
    "wide JPEG": (saved(Image.new("L", (4001, 1)), "JPEG"), "jpeg", "has 4001 × 1 pixels", ""),
}


def test_the_largest_picture_is_published() -> None:
    assert read(saved(Image.new("1", (4_000, 1)), "PNG"), "png").width == 4_000
    assert read(saved(Image.new("L", (1, 4_000)), "JPEG"), "jpeg").height == 4_000


@pytest.mark.parametrize(("data", "form", "why", "remedy"), WRONG.values(), ids=WRONG)
def test_a_picture_that_is_not_right_is_told(data: bytes, form: str, why: str, remedy: str) -> None:
    with pytest.raises(UnfitError) as found:
        read(data, form)
    assert (found.value.why, found.value.remedy) == (why, remedy)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_keeps_its_pixels(mode: str) -> None:
    image = Image.linear_gradient("L").resize((40, 20))
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257)
    image = image.convert(mode)
    if mode in ("LA", "RGBA"):
        image.putalpha(Image.linear_gradient("L").resize((40, 20)))
    options = {"transparency": 3} if mode == "P" else {}
    data = saved(image, "PNG", **options)
    made = opened(read(data, "png"))
    expected = Image.open(io.BytesIO(data))
    assert (made.mode, made.tobytes(), made.info.get("transparency")) == (
        expected.mode,
        expected.tobytes(),
        expected.info.get("transparency"),
    )


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 1}, {"restart_marker_rows": 1}])
def test_every_kind_of_jpeg_keeps_its_pixels(options: dict[str, object]) -> None:
    for mode in ("RGB", "L"):
        data = saved(scene(mode=mode), "JPEG", exif=notes(), **options)
        photo = read(data, "jpeg")
        assert opened(photo).tobytes() == Image.open(io.BytesIO(data)).tobytes()
        assert b"Marit" not in photo.data


@pytest.mark.build
def test_pictures_full_of_notes_come_out_without_them() -> None:
    profile = b"x\0\0" + zlib.compress(bytes(60_000_000))
    heavy = GOOD_PNG[:33] + chunk(b"iCCP", profile) + chunk(b"zTXt", b"a\0\0" + profile) + GOOD_PNG[33:]
    full = GOOD_JPEG[:2] + segment(0xFE, b"\xff" * 65_000) * 70 + GOOD_JPEG[2:]
    many = GOOD_PNG[:33] + chunk(b"teXt", b"") * 400_000 + GOOD_PNG[33:]
    assert chunks(read(heavy, "png").data) == [b"IHDR", b"IDAT", b"IEND"]
    assert len(read(full, "jpeg").data) < 3_000
    assert len(read(many, "png").data) == len(GOOD_PNG)
    with pytest.raises(UnfitError):
        read(b"\xff\xd8" + b"\xff" * 5_000_000, "jpeg")
