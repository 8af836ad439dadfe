//! What a file really is. Its bytes say so, never its name or what a browser claims. A picture is decoded and encoded anew,
//! so that nothing of the upload but its pixels is kept: no EXIF, no position, nothing hidden behind its end.

use super::pdf;
use domain::file::{FileKind, FilePurpose, Unfit};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use infer::MatcherType;
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// The longest side that is decoded, pixels.
const MOST_PIXELS: u32 = 12_000;
/// The most memory of a decoded picture, bytes: 85 megapixels of three bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// The longest side that is kept, pixels: a page of A4 at more than 200 dpi.
const LONGEST_SIDE: u32 = 2560;
/// The longest side of the small picture, pixels.
const THUMBNAIL_SIDE: u32 = 320;
/// JPEG quality: small print stays readable.
const QUALITY: u8 = 85;
/// How far into a text markup is looked for, bytes.
const HEAD: usize = 4096;

/// What will be stored.
#[derive(Debug)]
pub(super) struct Inspected {
    pub(super) kind: FileKind,
    pub(super) content: Vec<u8>,
    pub(super) thumbnail: Option<Vec<u8>>,
    /// Of the content, as hex.
    pub(super) sha256: String,
}

/// Looks at a whole upload; takes long and much memory, so never on an async thread.
pub(super) fn inspect(purpose: FilePurpose, bytes: &[u8]) -> Result<Inspected, Unfit> {
    let formats = purpose.formats();
    let (kind, content, thumbnail) = match sniff(bytes)? {
        Sniffed::Image(_) if !formats.images => return Err(Unfit::ImageNotTaken),
        Sniffed::Pdf if !formats.pdf => return Err(Unfit::PdfNotTaken),
        Sniffed::Image(format) => {
            let picture = decode(format, bytes)?;
            let content = encode(&fitted(&picture, LONGEST_SIDE))?;
            let thumbnail = encode(&fitted(&picture, THUMBNAIL_SIDE))?;
            (FileKind::Jpeg, content, Some(thumbnail))
        }
        Sniffed::Pdf => {
            pdf::inspect(bytes)?;
            (FileKind::Pdf, bytes.to_vec(), None)
        }
    };
    Ok(Inspected {
        kind,
        sha256: hex::encode(Sha256::digest(&content)),
        content,
        thumbnail,
    })
}

/// What is looked at further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sniffed {
    Image(ImageFormat),
    Pdf,
}

fn sniff(bytes: &[u8]) -> Result<Sniffed, Unfit> {
    if is_svg(bytes) {
        return Err(Unfit::Svg);
    }
    let Some(found) = infer::get(bytes) else {
        return Err(if is_markup(bytes) {
            Unfit::WebPage
        } else {
            Unfit::Unknown
        });
    };
    match (found.mime_type(), found.matcher_type()) {
        ("image/jpeg", _) => Ok(Sniffed::Image(ImageFormat::Jpeg)),
        ("image/png", _) => Ok(Sniffed::Image(ImageFormat::Png)),
        ("image/webp", _) => Ok(Sniffed::Image(ImageFormat::WebP)),
        ("application/pdf", _) => Ok(Sniffed::Pdf),
        ("image/heif" | "image/avif", _) => Err(Unfit::Heic),
        ("text/x-shellscript" | "application/x-google-chrome-extension", _) => Err(Unfit::Executable),
        ("application/x-ole-storage" | "application/rtf" | "application/postscript", _) => Err(Unfit::Office),
        (_, MatcherType::App) => Err(Unfit::Executable),
        (_, MatcherType::Archive | MatcherType::Book) => Err(Unfit::Archive),
        (_, MatcherType::Audio | MatcherType::Video) => Err(Unfit::Media),
        (_, MatcherType::Doc) => Err(Unfit::Office),
        (_, MatcherType::Image) => Err(Unfit::OtherImage),
        (_, MatcherType::Text) => Err(Unfit::WebPage),
        (_, MatcherType::Font | MatcherType::Custom) => Err(Unfit::Unknown),
    }
}

/// Whether an SVG element begins near the start of a text.
fn is_svg(bytes: &[u8]) -> bool {
    is_markup(bytes) && head(bytes).windows(4).any(|four| four.eq_ignore_ascii_case(b"<svg"))
}

/// Whether it begins with `<`, after white space and a byte order mark.
fn is_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD)]
}

/// The pixels, upright and without transparency. What would take too much memory is refused before any of it is taken.
fn decode(format: ImageFormat, bytes: &[u8]) -> Result<RgbImage, Unfit> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    let (width, height) = decoder.dimensions();
    if width > MOST_PIXELS || height > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(Unfit::TooManyPixels);
    }
    // A picture without a readable direction stays as it is.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(opaque(picture))
}

fn broken(error: &ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::TooManyPixels,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => Unfit::ImageBroken,
    }
}

/// On white paper: what was transparent would else become black.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u16::from);
        let on_white = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        Rgb([on_white(red), on_white(green), on_white(blue)])
    })
}

/// The picture, made smaller where its longest side is longer; never larger.
fn fitted(picture: &RgbImage, longest: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let side = width.max(height);
    if side <= longest {
        return picture.clone();
    }
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(longest) / u64::from(side);
        u32::try_from(scaled).unwrap_or(longest).max(1)
    };
    image::imageops::resize(picture, scaled(width), scaled(height), FilterType::Triangle)
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, Unfit> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(picture)
        .map_err(|error| broken(&error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> Unfit {
        inspect(FilePurpose::Other, bytes).unwrap_err()
    }

    #[test]
    fn what_a_file_is_its_bytes_say() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let docx = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        let cases: [(&[u8], Unfit); 14] = [
            (b"MZ\x90\0\x03\0\0\0", Unfit::Executable),
            (&[&b"\x7fELF\x02\x01\x01"[..], &[0; 60]].concat(), Unfit::Executable),
            (b"#!/bin/sh\nrm -rf /\n", Unfit::Executable),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                Unfit::Svg,
            ),
            (
                b"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- x -->\n<SVG onload='x'/>",
                Unfit::Svg,
            ),
            (b"<!DOCTYPE html><script>alert(1)</script>", Unfit::WebPage),
            (b"<?xml version='1.0'?><x/>", Unfit::WebPage),
            (
                b"PK\x03\x04\x14\0\0\0\x08\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                Unfit::Archive,
            ),
            (b"Rar!\x1A\x07\x01\0", Unfit::Archive),
            (heic, Unfit::Heic),
            (b"GIF89a\x01\0\x01\0", Unfit::OtherImage),
            (docx, Unfit::Office),
            (b"plain words", Unfit::Unknown),
            (b"", Unfit::Unknown),
        ];
        for (bytes, unfit) in cases {
            assert_eq!(refused(bytes), unfit, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_picture_is_kept_upright_on_white_and_no_larger_than_needed() {
        let mut wide = Vec::new();
        let picture = image::RgbaImage::from_pixel(3000, 30, image::Rgba([9, 9, 9, 0]));
        picture.write_to(&mut Cursor::new(&mut wide), ImageFormat::Png).unwrap();
        let kept = inspect(FilePurpose::IdCardFront, &wide).unwrap();
        let content = image::load_from_memory_with_format(&kept.content, ImageFormat::Jpeg).unwrap();
        assert_eq!((content.width(), content.height()), (2560, 25));
        assert_eq!(content.into_rgb8().get_pixel(7, 7).0, [255, 255, 255]);
        let small = image::load_from_memory_with_format(&kept.thumbnail.unwrap(), ImageFormat::Jpeg).unwrap();
        assert_eq!((small.width(), small.height()), (320, 3));
    }

    #[test]
    fn a_paper_that_must_be_photographed_is_no_pdf() {
        let pdf = b"%PDF-1.7\n%%EOF";
        assert_eq!(inspect(FilePurpose::IdCardBack, pdf).unwrap_err(), Unfit::PdfNotTaken);
        let kept = inspect(FilePurpose::Licence, pdf).unwrap();
        assert_eq!((kept.kind, &kept.content[..]), (FileKind::Pdf, &pdf[..]));
    }

    #[test]
    fn cut_off_pictures_are_broken_and_no_panic() {
        let mut whole = Vec::new();
        let picture = RgbImage::from_pixel(64, 64, Rgb([200, 30, 30]));
        picture
            .write_to(&mut Cursor::new(&mut whole), ImageFormat::Png)
            .unwrap();
        for length in 8..whole.len() - 12 {
            assert_eq!(refused(&whole[..length]), Unfit::ImageBroken, "{length}");
        }
    }
}
