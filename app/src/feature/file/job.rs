//! One upload from the choice of a file to the end of its check. A lost network costs at most one chunk: the server is asked
//! where the upload stands, and it goes on there.

use super::wire;
use crate::api::ApiError;
use domain::FileId;
use domain::file::{BeginUpload, FilePurpose, FileState, FileView, Scan};
use leptos::prelude::*;

/// Bytes of a chunk: a quarter of a minute at 20 KB a second.
const CHUNK: u64 = 256 * 1024;
/// Waits between tries, milliseconds; the last one again and again.
const BACKOFF: [i32; 5] = [1_000, 2_000, 4_000, 8_000, 15_000];

/// How far an upload has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Progress {
    /// Nothing under way.
    #[default]
    Idle,
    /// Chunks go out; per cent that arrived.
    Sending(u64),
    /// No network; it goes on by itself.
    Waiting(u64),
    /// All of it arrived and is being looked at.
    Checking(Scan),
    /// It ended without a file; the sentence says why and what to do.
    Failed(String),
}

/// The uploads of one field, one after the other.
#[derive(Clone, Copy)]
pub(super) struct Job {
    pub(super) progress: RwSignal<Progress>,
    /// Counts choices and cancellations; an upload of an earlier round stops.
    round: StoredValue<u32>,
    /// The upload under way.
    current: StoredValue<Option<FileId>>,
}

impl Job {
    pub(super) fn new() -> Self {
        Self {
            progress: RwSignal::new(Progress::Idle),
            round: StoredValue::new(0),
            current: StoredValue::new(None),
        }
    }

    /// Uploads these files in their order and tells `done` about each that is ready. Ends with the component.
    pub(super) fn start(self, files: Vec<web_sys::File>, purpose: FilePurpose, done: impl Fn(FileView) + 'static) {
        let round = self.next_round();
        leptos::task::spawn_local(async move {
            for file in files {
                match self.upload(&file, purpose, round).await {
                    Ok(Some(view)) => done(view),
                    Ok(None) => return,
                    Err(sentence) => {
                        self.show(round, Progress::Failed(sentence));
                        return;
                    }
                }
            }
            self.show(round, Progress::Idle);
        });
    }

    /// Stops what is under way and takes back what arrived of it.
    pub(super) fn cancel(self) {
        self.next_round();
        self.progress.set(Progress::Idle);
        if let Some(id) = self.current.try_update_value(Option::take).flatten() {
            leptos::task::spawn_local(wire::remove(id));
        }
    }

    fn next_round(self) -> u32 {
        self.round
            .try_update_value(|round| {
                *round = round.wrapping_add(1);
                *round
            })
            .unwrap_or_default()
    }

    /// Whether this round is still the one; false, too, once the component is gone.
    fn is_on(self, round: u32) -> bool {
        self.round.try_get_value() == Some(round)
    }

    fn show(self, round: u32, progress: Progress) {
        if self.is_on(round) {
            self.progress.try_set(progress);
        }
    }

    /// `None` when it was cancelled; an error is a sentence.
    async fn upload(self, file: &web_sys::File, purpose: FilePurpose, round: u32) -> Result<Option<FileView>, String> {
        let announced = BeginUpload {
            purpose,
            name: file.name(),
            size: file.size() as u64,
        };
        // The same check as the server's, before a byte is sent.
        announced
            .check()
            .map_err(|errors| ApiError::Invalid { errors }.message())?;
        self.show(round, Progress::Sending(0));
        let mut tries = 0;
        let mut view = loop {
            match wire::begin(&announced).await {
                Ok(view) => break view,
                Err(error) => self.wait(round, &error, 0, &mut tries).await?,
            }
            if !self.is_on(round) {
                return Ok(None);
            }
        };
        if !self.is_on(round) {
            wire::remove(view.id).await;
            return Ok(None);
        }
        self.current.try_set_value(Some(view.id));
        while view.state == FileState::Uploading {
            self.show(round, Progress::Sending(per_cent(&view)));
            match self.send(file, &view).await {
                Ok(next) => {
                    tries = 0;
                    view = next;
                }
                Err(error) => {
                    self.wait(round, &error, per_cent(&view), &mut tries).await?;
                    // Perhaps only the answer was lost.
                    if let Ok(stands) = wire::progress(view.id).await {
                        view = stands;
                    }
                }
            }
            if !self.is_on(round) {
                return Ok(None);
            }
        }
        self.checked(view, round).await
    }

    async fn send(self, file: &web_sys::File, view: &FileView) -> Result<FileView, ApiError> {
        let end = view.offset.saturating_add(CHUNK).min(view.size);
        let chunk = file
            .slice_with_f64_and_f64(view.offset as f64, end as f64)
            .map_err(|_| ApiError::Transport)?;
        wire::append(view.id, view.offset, &chunk).await
    }

    /// Waits until the check has ended.
    async fn checked(self, mut view: FileView, round: u32) -> Result<Option<FileView>, String> {
        let mut tries = 0;
        while view.state == FileState::Checking {
            self.show(round, Progress::Checking(view.scan));
            wire::pause(backoff(&mut tries)).await;
            if !self.is_on(round) {
                return Ok(None);
            }
            match wire::progress(view.id).await {
                Ok(stands) => view = stands,
                Err(error) if wire::passes(&error) => {}
                Err(error) => return Err(error.message()),
            }
        }
        self.current.try_set_value(None);
        match view.state.unfit() {
            None => Ok(Some(view).filter(|_| self.is_on(round))),
            Some(unfit) => {
                leptos::task::spawn_local(wire::remove(view.id));
                Err(unfit.label().to_owned())
            }
        }
    }

    /// After an error that passes: some time, told as such. Every other error is the end.
    async fn wait(self, round: u32, error: &ApiError, arrived: u64, tries: &mut usize) -> Result<(), String> {
        if !wire::passes(error) {
            return Err(error.message());
        }
        self.show(round, Progress::Waiting(arrived));
        wire::pause(backoff(tries)).await;
        Ok(())
    }
}

fn backoff(tries: &mut usize) -> i32 {
    let wait = BACKOFF[(*tries).min(BACKOFF.len() - 1)];
    *tries += 1;
    wait
}

fn per_cent(view: &FileView) -> u64 {
    view.offset.saturating_mul(100) / view.size.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_bearable() {
        let mut tries = 0;
        let waits: Vec<_> = (0..7).map(|_| backoff(&mut tries)).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    }
}
