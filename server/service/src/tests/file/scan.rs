//! With a virus scanner: a clamd of this test's own, on a real socket.

use super::*;
use crate::file::{Variant, get, open};
use crate::testing::{config, on_both};
use crate::{ServiceConfig, upkeep};
use domain::file::{FileState, Scan, Unfit};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Bytes that the scanner knows as a virus.
const VIRUS: &[u8] = b"X5O!P%@AP-JIANXI-TEST";

/// Speaks INSTREAM as clamd does; what it says to whatever is no virus can be changed.
struct Clamd {
    address: String,
    says: Arc<Mutex<&'static str>>,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Clamd {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (says, seen) = (Arc::new(Mutex::new("stream: OK")), Arc::new(Mutex::new(Vec::new())));
        let (answers, notes) = (Arc::clone(&says), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let says = *answers.lock().unwrap();
                if let Some(bytes) = serve(stream, says).await {
                    notes.lock().unwrap().push(bytes);
                }
            }
        });
        Self { address, says, seen }
    }

    fn say(&self, answer: &'static str) {
        *self.says.lock().unwrap() = answer;
    }
}

async fn serve(mut stream: TcpStream, says: &str) -> Option<Vec<u8>> {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.ok()?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = stream.read_u32().await.ok()?;
        if length == 0 {
            break;
        }
        let mut piece = vec![0; usize::try_from(length).unwrap()];
        stream.read_exact(&mut piece).await.ok()?;
        bytes.extend(piece);
    }
    let found = bytes.windows(VIRUS.len()).any(|window| window == VIRUS);
    let answer = if found { "stream: Jianxi.Test FOUND" } else { says };
    stream.write_all(answer.as_bytes()).await.ok()?;
    stream.write_all(&[0]).await.ok()?;
    Some(bytes)
}

/// The same world with a scanner.
async fn with_scanner(world: World, address: &str) -> World {
    let World { service, clock, fresh } = world;
    service.close().await;
    drop(service);
    let service = Service::open(ServiceConfig {
        clamav: Some(address.to_owned()),
        ..config(&fresh, clock.clone())
    })
    .await
    .unwrap();
    World { service, clock, fresh }
}

on_both! {
    async fn what_the_scanner_finds_clean_is_ready_and_what_it_knows_is_refused(world: World) {
        let clamd = Clamd::start().await;
        let world = with_scanner(world, &clamd.address).await;
        let place = workplace(&world, 0).await;
        let bytes = png(40, 30);
        let clean = uploaded(&world.service, &place.operator, &bytes).await;
        assert_eq!((clean.state, clean.scan), (FileState::Ready, Scan::Clean));
        assert_eq!(clamd.seen.lock().unwrap().as_slice(), [bytes], "the upload as it came");
        let infected = [&pdf()[..], VIRUS, b"\n%%EOF\n"].concat();
        let infected = uploaded(&world.service, &place.operator, &infected).await;
        assert_eq!((infected.state, infected.scan), (FileState::Refused(Unfit::Infected), Scan::Infected));
        assert_eq!(lies_on_disk(&world).len(), 2, "the clean one and its small picture");
    }

    async fn without_an_answer_of_the_scanner_nothing_is_ready_until_there_is_one(world: World) {
        let clamd = Clamd::start().await;
        let world = with_scanner(world, &clamd.address).await;
        let place = workplace(&world, 0).await;
        for answer in ["INSTREAM size limit exceeded. ERROR", "", "stream: OK, mostly"] {
            clamd.say(answer);
            let view = uploaded(&world.service, &place.operator, &pdf()).await;
            assert_eq!((view.state, view.scan), (FileState::Checking, Scan::Unreachable), "{answer}");
            assert!(view.scan.label().contains("自动重试"));
            upkeep(&world.service).await;
            assert_eq!(get(&world.service, &place.operator, view.id).await.unwrap().state, FileState::Checking);
            assert!(open(&world.service, &place.operator, view.id, Variant::Original).await.is_err());
            clamd.say("stream: OK");
            world.wait_seconds(600);
            upkeep(&world.service).await;
            let view = get(&world.service, &place.operator, view.id).await.unwrap();
            assert_eq!((view.state, view.scan), (FileState::Ready, Scan::Clean));
        }
    }

    async fn a_scanner_that_is_away_holds_files_back_but_not_refusals(world: World) {
        let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = nobody.local_addr().unwrap().to_string();
        drop(nobody);
        let world = with_scanner(world, &address).await;
        let place = workplace(&world, 0).await;
        let waits = uploaded(&world.service, &place.operator, &pdf()).await;
        assert_eq!((waits.state, waits.scan), (FileState::Checking, Scan::Unreachable));
        let svg = uploaded(&world.service, &place.operator, b"<svg onload='alert(1)'/>").await;
        assert_eq!(svg.state, FileState::Refused(Unfit::Svg));
        let world = with_scanner(world, &Clamd::start().await.address).await;
        upkeep(&world.service).await;
        let view = get(&world.service, &place.operator, waits.id).await.unwrap();
        assert_eq!((view.state, view.scan), (FileState::Ready, Scan::Clean), "also after a restart");
    }

    async fn a_check_that_never_ended_is_taken_up_again_and_not_for_ever(world: World) {
        let place = workplace(&world, 0).await;
        let view = begin(&world.service, &place.operator, &announced(FilePurpose::Other, pdf().len())).await.unwrap();
        let mut tx = world.service.db().begin().await.unwrap();
        let file = store::file::find(&mut tx, view.id).await.unwrap().unwrap();
        let sealed = world.service.vault().seal_bytes("file.part", &format!("{}:0", view.id), &pdf()).unwrap();
        let sealed = base64::Engine::encode(&base64::engine::general_purpose::STANDARD_NO_PAD, sealed);
        store::file::append(&mut tx, &file, FileState::Checking, file.size, &sealed).await.unwrap();
        let now = world.service.now();
        // Four nodes began and went down.
        for _ in 0..4 {
            store::file::claim(&mut tx, view.id, now, now).await.unwrap().unwrap();
        }
        tx.commit().await.unwrap();
        upkeep(&world.service).await;
        let view = get(&world.service, &place.operator, view.id).await.unwrap();
        assert_eq!(view.state, FileState::Refused(Unfit::ImageBroken));
    }
}
