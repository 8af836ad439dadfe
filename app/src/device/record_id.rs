//! Ids made on the device, so that a retry after a lost answer is the same record.

use domain::{CheckInId, InternshipId, Moment};

/// The id of a new check-in.
#[must_use]
pub fn check_in_id(now: Moment) -> CheckInId {
    CheckInId::new(new(now))
}

/// The id of a new internship.
#[must_use]
pub fn internship_id(now: Moment) -> InternshipId {
    InternshipId::new(new(now))
}

/// A new UUIDv7 from the device's time and its random source.
fn new(now: Moment) -> uuid::Uuid {
    let mut random = [0u8; 10];
    // Without a random source the id would only be less unlikely to meet another; the server refuses such a meeting.
    if let Ok(crypto) = leptos::prelude::window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    let millis = u64::try_from(now.millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
