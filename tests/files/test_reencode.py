import io
import random
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageFile, JpegImagePlugin
from PIL.PngImagePlugin import PngInfo

from portal.files.reencode import reencode_image
from tests.core.hostile import named

pytestmark = pytest.mark.unit

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
SECRET = "Камера Иванова".encode()


def saved(image, written, name="Фото группы.jpg", **options):
    file = io.BytesIO()
    image.save(file, written, **options)
    return named(file.getvalue(), name)


def half_red(size=(80, 40)):
    """Left half red, right half blue: shows which side is up."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return image


def exif(orientation=1):
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[MAKE] = "Secret camera"
    data.get_ifd(GPS).update({1: "N", 2: (48.0, 42.0, 0.0), 3: "E", 4: (44.0, 30.0, 0.0)})
    return data


def reopened(content_file):
    image = Image.open(io.BytesIO(content_file.read()))
    image.load()
    return image


def is_red(pixel):
    return pixel[0] > 180 and pixel[2] < 80


def test_a_jpeg_loses_place_camera_comment_and_thumbnail():
    photo = saved(half_red(), "JPEG", exif=exif(), comment=b"secret comment", xmp=b"<x>secret xmp</x>", dpi=(300, 300))
    assert b"Secret camera" in photo.getvalue()
    result = reencode_image(photo)
    content = result.read()
    assert b"ecret" not in content
    assert b"Exif" not in content
    image = Image.open(io.BytesIO(content))
    assert image.format == "JPEG"
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert not image.getexif()


def test_png_and_webp_lose_their_metadata_too():
    notes = PngInfo()
    notes.add_text("Author", "secret")
    notes.add_itxt("XML:com.adobe.xmp", "secret")
    for photo in (
        saved(half_red(), "PNG", "a.png", pnginfo=notes, exif=exif(), dpi=(300, 300)),
        saved(half_red(), "WEBP", "a.webp", exif=exif(), xmp=b"secret"),
    ):
        content = reencode_image(photo).read()
        assert b"ecret" not in content
        image = Image.open(io.BytesIO(content))
        image.load()
        assert not image.getexif()
        assert set(image.info) <= {"loop", "background", "timestamp", "duration"}


def test_what_is_glued_to_the_end_goes():
    photo = named(saved(half_red(), "JPEG").getvalue() + b"MZ secret tail", "a.jpg")
    assert b"secret" not in reencode_image(photo).read()


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (80, 40), (5, 5)),
        (2, (80, 40), (75, 5)),
        (3, (80, 40), (75, 35)),
        (4, (80, 40), (5, 35)),
        (5, (40, 80), (5, 5)),
        (6, (40, 80), (35, 5)),
        (7, (40, 80), (35, 75)),
        (8, (40, 80), (5, 75)),
    ],
)
@pytest.mark.parametrize("written", ["JPEG", "PNG", "WEBP"])
def test_a_turned_photo_stands_upright(written, orientation, size, red_at):
    image = reopened(reencode_image(saved(half_red(), written, exif=exif(orientation))))
    assert image.size == size
    assert is_red(image.convert("RGB").getpixel(red_at))


def test_heic_of_a_phone_becomes_an_upright_jpeg():
    import pillow_heif

    pillow_heif.register_heif_opener()
    result = reencode_image(saved(half_red((128, 64)), "HEIF", "IMG_0001.HEIC", exif=exif(6).tobytes()))
    assert result.name == "IMG_0001.jpg"
    content = result.read()
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("JPEG", (64, 128))
    assert is_red(image.getpixel((30, 5)))
    assert b"ecret" not in content


@pytest.mark.parametrize(
    ("size", "expected"),
    [((900, 300), (300, 100)), ((300, 900), (100, 300)), ((200, 100), (200, 100)), ((3000, 1), (300, 1))],
)
def test_a_large_picture_is_made_smaller_and_a_small_one_is_not_made_larger(size, expected):
    assert reopened(reencode_image(saved(Image.new("RGB", size), "JPEG"), max_side=300)).size == expected


def test_a_large_jpeg_is_never_decoded_whole(monkeypatch):
    decoded = []
    load = ImageFile.ImageFile.load

    def watch(image):
        result = load(image)
        decoded.append(image.size)
        return result

    monkeypatch.setattr(ImageFile.ImageFile, "load", watch)
    reencode_image(saved(Image.new("RGB", (4000, 1000)), "JPEG"), max_side=500)
    assert max(decoded) <= (1000, 250)


def test_an_animation_keeps_its_first_frame():
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "lime", "blue")]
    for written in ("WEBP", "PNG"):
        image = reopened(reencode_image(saved(frames[0], written, "a.webp", save_all=True, append_images=frames[1:])))
        assert getattr(image, "n_frames", 1) == 1
        assert is_red(image.convert("RGB").getpixel((15, 10)))


def test_a_phone_jpeg_with_a_second_picture_inside_keeps_the_first():
    photo = saved(half_red(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 40), "lime")])
    image = reopened(reencode_image(photo))
    assert type(image) is JpegImagePlugin.JpegImageFile
    assert is_red(image.getpixel((5, 5)))


def test_transparency_stays_where_it_is_used():
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    assert reopened(reencode_image(saved(clear, "PNG", "a.png"))).getpixel((5, 5))[3] == 0
    assert reopened(reencode_image(saved(clear, "WEBP", "a.webp"))).mode == "RGBA"
    assert reopened(reencode_image(saved(Image.new("RGBA", (20, 20), "red"), "PNG", "a.png"))).mode == "RGB"


def test_palettes_greys_and_print_colours_become_rgb():
    palette = half_red().convert("P", palette=Image.Palette.ADAPTIVE)
    assert is_red(reopened(reencode_image(saved(palette, "PNG", "a.png"))).getpixel((5, 5)))
    hidden = saved(palette, "PNG", "a.png", transparency=palette.getpixel((75, 5)))
    assert reopened(reencode_image(hidden)).getpixel((75, 5))[3] == 0
    assert is_red(reopened(reencode_image(saved(half_red().convert("CMYK"), "JPEG"))).getpixel((5, 5)))
    for grey in (
        Image.new("L", (9, 9), 128),
        Image.new("LA", (9, 9), (128, 255)),
        Image.new("I;16", (9, 9), 128 * 256),
    ):
        assert reopened(reencode_image(saved(grey, "PNG", "a.png"))).getpixel((4, 4)) == (128, 128, 128)
    assert reopened(reencode_image(saved(Image.new("1", (9, 9), 1), "PNG", "a.png"))).getpixel((4, 4)) == (
        255,
        255,
        255,
    )


def test_colours_are_converted_by_the_profile_and_the_profile_goes():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"?XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"?XYZ", b"bXYZ", 1)
    for written in ("PNG", "JPEG", "WEBP"):
        kept = reopened(reencode_image(saved(half_red(), written, icc_profile=srgb)))
        turned = reopened(reencode_image(saved(half_red(), written, icc_profile=swapped)))
        assert "icc_profile" not in kept.info | turned.info
        assert is_red(kept.getpixel((5, 5)))
        assert is_red(turned.getpixel((75, 5)))


def test_a_profile_that_does_not_fit_is_ignored():
    for profile in (b"garbage", b"\0" * 200):
        assert is_red(reopened(reencode_image(saved(half_red(), "JPEG", icc_profile=profile))).getpixel((5, 5)))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert is_red(reopened(reencode_image(saved(half_red(), "JPEG", icc_profile=lab))).getpixel((5, 5)))


def test_the_name_keeps_its_stem_and_tells_the_truth():
    assert reencode_image(saved(half_red(), "PNG", "../Утренник 2022.jpeg")).name == "Утренник 2022.png"
    assert reencode_image(SimpleUploadedFile("фото", saved(half_red(), "JPEG").getvalue())).name == "фото.jpg"
    assert reencode_image(io.BytesIO(saved(half_red(), "JPEG").getvalue())).name == "изображение.jpg"


def test_a_cut_or_noisy_picture_is_told_and_nothing_else_happens():
    noise = random.Random(3)
    for written in ("JPEG", "PNG", "WEBP"):
        whole = saved(half_red((200, 200)), written).getvalue()
        with pytest.raises(ValidationError) as caught:
            reencode_image(named(whole[: len(whole) * 2 // 3], "фото.jpg"))
        assert caught.value.messages == ["„фото.jpg“: изображение повреждено. Сохраните его заново."]
        for _ in range(25):
            broken = bytearray(whole)
            for _ in range(10):
                broken[noise.randrange(len(broken))] = noise.randrange(256)
            try:
                reencode_image(named(bytes(broken), "фото.jpg"))
            except ValidationError:
                continue


def test_a_giant_is_refused_before_decoding(monkeypatch):
    photo = saved(Image.new("1", (9_400, 9_400)), "PNG", "a.png")
    monkeypatch.setattr(Image, "open", None)
    with pytest.raises(ValidationError) as caught:
        reencode_image(photo)
    assert caught.value.code == "pixels"


def test_memory_stays_bounded_at_the_limit_of_pixels(tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (5_000, 5_000), "teal").save(path)
    code = (
        "import resource, sys; from portal.files.reencode import reencode_image; from PIL import Image, ImageCms; "
        "start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; reencode_image(open(sys.argv[1], 'rb')); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start)"
    )
    env = {"PYTHONPATH": ":".join(part for part in sys.path if part)}
    run = subprocess.run([sys.executable, "-c", code, path], env=env, capture_output=True, check=True)
    assert int(run.stdout) < 250 * 1024  # kilobytes: the decoded picture, its smaller copy and the encoder
