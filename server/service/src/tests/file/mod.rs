//! Files: what hostile uploads meet, what an interrupted one resumes, and whom a file is there for.

mod check;
mod reach;
mod scan;
mod upload;

use super::scene::{operator, trainee, workplace};
use crate::file::{Appended, append, begin};
use crate::testing::World;
use crate::{Actor, Service};
use domain::FileId;
use domain::account::Role;
use domain::file::{BeginUpload, FilePurpose, FileView};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// Bytes of one chunk in these tests.
const CHUNK: usize = 1000;

fn announced(purpose: FilePurpose, size: usize) -> BeginUpload {
    BeginUpload {
        purpose,
        name: "执照 52222420040229001X.png".to_owned(),
        size: u64::try_from(size).unwrap(),
    }
}

/// A picture with so many stripes that it does not compress to nothing.
pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let shade = u8::try_from((x * 37 + y * 91 + x * y) % 251).unwrap();
        Rgb([shade, shade ^ 0x55, 200])
    });
    encoded(&picture, ImageFormat::Png)
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub(super) fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".to_vec()
}

pub(super) async fn uploaded_as(service: &Service, actor: &Actor, purpose: FilePurpose, bytes: &[u8]) -> FileView {
    let mut view = begin(service, actor, &announced(purpose, bytes.len())).await.unwrap();
    for chunk in bytes.chunks(CHUNK) {
        match append(service, actor, view.id, view.offset, chunk).await.unwrap() {
            Appended::Taken(taken) => view = taken,
            Appended::Elsewhere(view) => panic!("{view:?}"),
        }
    }
    view
}

/// The whole way, in chunks.
async fn uploaded(service: &Service, actor: &Actor, bytes: &[u8]) -> FileView {
    uploaded_as(service, actor, FilePurpose::Other, bytes).await
}

/// Everything that lies in the folder of the files.
fn lies_on_disk(world: &World) -> Vec<Vec<u8>> {
    fn collect(folder: &std::path::Path, found: &mut Vec<Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(std::fs::read(path).unwrap());
            }
        }
    }
    let mut found = Vec::new();
    collect(&world.fresh.folder().join("files"), &mut found);
    found
}

/// Staff of an agency, in a role that belongs to agencies.
pub(super) async fn agency_staff(world: &World, login: &str, role: Role, agency: domain::AgencyId) -> Actor {
    let staff = crate::account::create_staff(
        &world.service,
        crate::account::NewStaff {
            role,
            name: "周启明".to_owned(),
            login: login.to_owned(),
            password: Some(crate::testing::PASSWORD.to_owned()),
            host: None,
            agency: Some(agency.to_string()),
        },
    )
    .await
    .unwrap();
    world.actor(&world.sign_in_staff(&staff).await).await
}

async fn let_read(world: &World, id: FileId, agency: domain::AgencyId) {
    let mut tx = world.service.db().begin().await.unwrap();
    store::file::grant(&mut tx, id, agency, world.service.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
