//! What the look at a whole file finds.

use super::*;
use crate::file::{Variant, open};
use crate::testing::on_both;
use crate::tests::scene::times;
use domain::file::{FileKind, FileState, Scan, Unfit};

/// What marks a position in EXIF, and words that a camera writes.
const MAKER: &[u8] = b"JIANXI-TEST-CAMERA";

/// A JPEG with an EXIF block: an upright direction of 6 (turned by 90°), a maker and a GPS pointer.
fn photo_with_position() -> Vec<u8> {
    let picture = RgbImage::from_fn(
        40,
        20,
        |x, _| if x < 20 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) },
    );
    let jpeg = encoded(&picture, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    // Orientation (0x0112, SHORT) = 6; Make (0x010f, ASCII) at 50; GPS directory (0x8825, LONG) at 70.
    exif.extend(b"\x01\x0f\0\x02\0\0\0\x13\0\0\0\x32");
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x46");
    exif.extend([0; 4]);
    exif.extend(MAKER);
    exif.extend([0, 0]);
    // One GPS entry: latitude reference (1, ASCII) N.
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    exif.extend(b"26.6470N106.6300E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut photo = jpeg[..2].to_vec();
    photo.extend([0xFF, 0xE1]);
    photo.extend(length);
    photo.extend(exif);
    photo.extend(&jpeg[2..]);
    photo.extend(b"PK\x03\x04 something hidden behind the end");
    photo
}

/// A PNG of a few hundred bytes that claims to be this large, with an honest checksum.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(8, 8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&sum);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

on_both! {
    async fn a_photo_is_kept_without_its_position_and_whatever_was_behind_its_end(world: World) {
        let place = workplace(&world, 0).await;
        let photo = photo_with_position();
        assert!(holds(&photo, b"26.6470N") && holds(&photo, MAKER));
        let view = uploaded(&world.service, &place.operator, &photo).await;
        assert_eq!((view.state, view.scan, view.kind), (FileState::Ready, Scan::NotScanned, Some(FileKind::Jpeg)));
        for variant in [Variant::Original, Variant::Thumbnail] {
            let file = open(&world.service, &place.operator, view.id, variant).await.unwrap();
            for gone in [&b"26.6470N"[..], MAKER, b"Exif", b"hidden", b"PK\x03\x04"] {
                assert!(!holds(&file.bytes, gone), "{}", String::from_utf8_lossy(gone));
            }
            let upright = image::load_from_memory_with_format(&file.bytes, ImageFormat::Jpeg).unwrap().into_rgb8();
            assert_eq!(upright.dimensions(), (20, 40), "turned as the camera was held");
            let (top, bottom) = (upright.get_pixel(10, 5).0, upright.get_pixel(10, 35).0);
            assert!(top[0] > 200 && bottom[2] > 200, "{top:?} {bottom:?}");
        }
        assert_eq!(times(&world, "file_added").await, 1);
    }

    async fn what_lies_in_the_store_is_not_readable_and_opens_only_as_itself(world: World) {
        let place = workplace(&world, 0).await;
        let paper = [&pdf()[..], b"% 52222420040229001X\n%%EOF\n"].concat();
        let view = uploaded(&world.service, &place.operator, &paper).await;
        let file = open(&world.service, &place.operator, view.id, Variant::Original).await.unwrap();
        assert_eq!((file.kind, file.bytes.as_slice()), (FileKind::Pdf, paper.as_slice()));
        let lies = lies_on_disk(&world);
        assert_eq!(lies.len(), 1);
        for word in [&b"%PDF"[..], b"52222420040229001X", b"Catalog"] {
            assert!(!holds(&lies[0], word));
        }
        let mut tx = world.service.db().read().await.unwrap();
        let row = store::file::find(&mut tx, view.id).await.unwrap().unwrap();
        drop(tx);
        assert!(!row.name_sealed.contains("52222420040229001X"), "people write numbers into names");
        assert_eq!(row.stored.unwrap().sha256, hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&paper)));
        let vault = world.service.vault();
        let row = view.id.to_string();
        assert_eq!(vault.unseal_bytes("file.content", &row, &lies[0]).unwrap(), paper);
        assert!(vault.unseal_bytes("file.thumbnail", &row, &lies[0]).is_err());
        assert!(vault.unseal_bytes("file.content", &FileId::new(uuid::Uuid::from_u128(7)).to_string(), &lies[0]).is_err());
        for length in [0, 3, 4, 15, 16, lies[0].len() - 1] {
            assert!(vault.unseal_bytes("file.content", &row, &lies[0][..length]).is_err(), "{length}");
        }
    }

    async fn hostile_files_are_refused_with_what_they_are_and_leave_nothing(world: World) {
        let place = workplace(&world, 0).await;
        let pdf_with = |inside: &str| format!("%PDF-1.7\n1 0 obj << {inside} >> endobj\n%%EOF\n").into_bytes();
        let cases = [
            (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec(), Unfit::Executable),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec(), Unfit::Svg),
            (b"<html><script>alert(1)</script></html>".to_vec(), Unfit::WebPage),
            (b"PK\x03\x04\x14\0\0\0\x08\0 forty-two kilobytes that unpack to petabytes".to_vec(), Unfit::Archive),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Unfit::Heic),
            (bomb(60_000, 60_000), Unfit::TooManyPixels),
            (bomb(12_000, 12_000), Unfit::TooManyPixels),
            (bomb(12_001, 1), Unfit::TooManyPixels),
            (bomb(9_000, 9_000), Unfit::ImageBroken),
            (pdf_with("/S /JavaScript /JS (app.alert(1))"), Unfit::PdfActive),
            (pdf_with("/J#61vaScript"), Unfit::PdfActive),
            (pdf_with("/Type /EmbeddedFile"), Unfit::PdfActive),
            (pdf_with("/Encrypt 5 0 R"), Unfit::PdfLocked),
            (b"%PDF-1.7 cut off".to_vec(), Unfit::PdfBroken),
            (png(90, 90)[..900].to_vec(), Unfit::ImageBroken),
        ];
        let count = cases.len();
        for (bytes, unfit) in cases {
            let view = uploaded(&world.service, &place.operator, &bytes).await;
            assert_eq!(view.state, FileState::Refused(unfit));
            let read = open(&world.service, &place.operator, view.id, Variant::Original).await;
            assert!(matches!(read, Err(crate::ServiceError::NotFound)));
        }
        assert!(lies_on_disk(&world).is_empty());
        assert_eq!((times(&world, "file_refused").await, times(&world, "file_added").await), (count, 0));
        let card = uploaded_as(&world.service, &place.operator, FilePurpose::IdCardFront, &pdf()).await;
        assert_eq!(card.state, FileState::Refused(Unfit::PdfNotTaken));
    }
}
