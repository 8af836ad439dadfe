//! Files that people hand in: their machine, their names, what is said about them (issue: files).

use crate::{HOSTILE, fields};
use domain::file::{
    BeginUpload, FileEvent, FilePurpose, FileRefusal, FileState, MAX_BYTES, MAX_NAME, Scan, Unfit, safe_name,
    size_label,
};
use proptest::prelude::*;

fn begin(name: &str, size: u64) -> BeginUpload {
    BeginUpload {
        purpose: FilePurpose::Licence,
        name: name.to_owned(),
        size,
    }
}

#[test]
fn a_photo_of_20_mb_is_refused_before_it_is_sent_and_a_sentence_says_what_to_do() {
    let errors = begin("照片.jpg", 20 * 1024 * 1024).check().unwrap_err();
    let sentence = errors.of("file").unwrap();
    assert!(
        sentence.contains("20 MB") && sentence.contains("10 MB") && sentence.contains("压缩"),
        "{sentence}"
    );
    assert_eq!(fields(begin("照片.jpg", 0).check()), ["file"]);
    assert_eq!(fields(begin("照片.jpg", u64::MAX).check()), ["file"]);
    assert_eq!(fields(begin("照片.jpg", MAX_BYTES + 1).check()), ["file"]);
    assert_eq!(begin("照片.jpg", MAX_BYTES).check().unwrap().name, "照片.jpg");
    assert_eq!(
        begin("...", 1).check().unwrap().name,
        "营业执照",
        "a name that is none becomes the purpose's"
    );
}

#[test]
fn every_pair_of_file_state_and_event_is_a_transition_or_a_named_refusal() {
    use FileRefusal::{Checked, NotWhole, Whole, WrongLength, WrongOffset};
    use FileState::{Checking, Ready, Refused, Uploading};
    let chunk = |offset, length| FileEvent::Chunk {
        received: 4,
        offset,
        length,
        size: 10,
    };
    let refuse = FileEvent::Refuse(Unfit::Svg);
    let refused = Refused(Unfit::Heic);
    let table = [
        (Uploading, chunk(4, 5), Ok(Uploading)),
        (Uploading, chunk(4, 6), Ok(Checking)),
        (Uploading, chunk(4, 7), Err(WrongLength)),
        (Uploading, chunk(4, 0), Err(WrongLength)),
        (Uploading, chunk(4, u64::MAX), Err(WrongLength)),
        (Uploading, chunk(0, 4), Err(WrongOffset)),
        (Uploading, chunk(5, 5), Err(WrongOffset)),
        (Uploading, FileEvent::Pass, Err(NotWhole)),
        (Uploading, refuse, Err(NotWhole)),
        (Checking, chunk(4, 6), Err(Whole)),
        (Checking, FileEvent::Pass, Ok(Ready)),
        (Checking, refuse, Ok(Refused(Unfit::Svg))),
        (Ready, chunk(4, 6), Err(Whole)),
        (Ready, FileEvent::Pass, Err(Checked)),
        (Ready, refuse, Err(Checked)),
        (refused, chunk(4, 6), Err(Whole)),
        (refused, FileEvent::Pass, Err(Checked)),
        (refused, refuse, Err(Checked)),
    ];
    for (state, event, expected) in table {
        assert_eq!(state.step(event), expected, "{state:?} {event:?}");
        if let Err(refusal) = expected {
            assert!(refusal.label().ends_with('。'));
        }
    }
}

#[test]
fn every_reason_is_a_sentence_with_a_next_step_and_every_code_comes_back() {
    for unfit in Unfit::ALL {
        assert!(
            unfit.label().ends_with('。') && unfit.label().matches('。').count() >= 1,
            "{unfit:?}"
        );
        assert!(
            unfit.label().contains('请') || unfit.label().contains("只收"),
            "{unfit:?}"
        );
        assert_eq!(Unfit::from_code(unfit.code()), Some(unfit));
        let state = FileState::Refused(unfit);
        assert_eq!(FileState::from_codes(state.code(), Some(unfit.code())), Some(state));
        assert_eq!(serde_json::to_string(&unfit).unwrap(), format!("\"{}\"", unfit.code()));
    }
    for purpose in FilePurpose::ALL {
        assert_eq!(FilePurpose::from_code(purpose.code()), Some(purpose));
        assert_eq!(
            serde_json::to_string(&purpose).unwrap(),
            format!("\"{}\"", purpose.code())
        );
        assert_eq!(purpose.accept().contains("pdf"), purpose.formats().pdf);
        assert!(purpose.max_bytes() <= MAX_BYTES);
    }
    for scan in Scan::ALL {
        assert_eq!(Scan::from_code(scan.code()), Some(scan));
    }
    assert_eq!(FileState::from_codes("refused", None), None);
    assert_eq!(FileState::from_codes("ready", Some("svg")), None);
}

#[test]
fn a_name_is_the_last_part_of_a_path_and_nothing_that_a_file_system_minds() {
    for (typed, kept) in [
        ("C:\\fakepath\\执照.jpg", "执照.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u{202E}gpj.exe", "agpj.exe"),
        ("x\r\nSet-Cookie: a", "xSet-Cookie a"),
        (" . ", ""),
    ] {
        assert_eq!(safe_name(typed), kept, "{typed}");
    }
    for text in HOSTILE {
        assert!(begin(text, 1).check().is_ok_and(|new| !new.name.is_empty()), "{text}");
    }
}

#[test]
fn lengths_are_read_at_a_glance() {
    for (bytes, label) in [
        (0, "1 KB"),
        (1, "1 KB"),
        (340 * 1024, "340 KB"),
        (1024 * 1024, "1 MB"),
        (1_300_000, "1.2 MB"),
    ] {
        assert_eq!(size_label(bytes), label);
    }
    assert!(size_label(u64::MAX).ends_with(" MB"));
}

proptest! {
    #[test]
    fn chunks_in_order_always_end_in_the_check_and_never_overtake_the_size(size in 1_u64..100_000, cut in 1_u64..5_000) {
        let (mut state, mut received) = (FileState::Uploading, 0);
        while received < size {
            prop_assert_eq!(state, FileState::Uploading);
            let length = cut.min(size - received);
            state = state.step(FileEvent::Chunk { received, offset: received, length, size }).unwrap();
            received += length;
        }
        prop_assert_eq!((state, received), (FileState::Checking, size));
    }

    #[test]
    fn no_name_is_long_or_holds_what_breaks_a_header(name in "\\PC{0,300}|[\\x00-\\x7f]{0,300}") {
        let kept = safe_name(&name);
        prop_assert!(kept.chars().count() <= MAX_NAME);
        prop_assert!(!kept.contains(['/', '\\', '"', '\r', '\n', ';', '%', '<']));
    }
}
