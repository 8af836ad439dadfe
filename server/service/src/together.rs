//! Work that is cheaper done together. While one run is under way, what arrives meanwhile gathers for the next run and
//! shares its statements; an item that comes alone is worked on alone and at once.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// The most items in one run: enough for a Monday morning, short enough for whoever waits for the next.
const MOST: usize = 256;

/// Takes items one by one and has them worked on together. Cheap to clone.
#[derive(Debug)]
pub(crate) struct Together<I, O>(Arc<Mutex<Queue<I, O>>>);

#[derive(Debug)]
struct Queue<I, O> {
    waiting: VecDeque<(I, oneshot::Sender<O>)>,
    /// Whether somebody is working the queue off.
    busy: bool,
}

impl<I, O> Clone for Together<I, O> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<I, O> Default for Together<I, O> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Queue {
            waiting: VecDeque::new(),
            busy: false,
        })))
    }
}

impl<I: Send + 'static, O: Send + 'static> Together<I, O> {
    /// Waits for the item's answer. `work` answers a run of items, one answer each, in their order; every caller passes the
    /// same. `None` when the run was given up: then it is not known whether the item was worked on.
    pub(crate) async fn ask<F, R>(&self, item: I, work: F) -> Option<O>
    where
        F: Fn(Vec<I>) -> R + Send + 'static,
        R: Future<Output = Vec<O>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let idle = {
            let mut queue = self.queue();
            queue.waiting.push_back((item, answer));
            !std::mem::replace(&mut queue.busy, true)
        };
        if idle {
            tokio::spawn(self.clone().work_off(work));
        }
        answered.await.ok()
    }

    /// Until nobody waits any more. How many may wait is bounded by the requests that the server works on at once.
    async fn work_off<F, R>(self, work: F)
    where
        F: Fn(Vec<I>) -> R + Send + 'static,
        R: Future<Output = Vec<O>> + Send + 'static,
    {
        while let Some((items, answers)) = self.next() {
            // A task of its own: whoever came first may hang up without harm to the others, and a panic ends this run, not
            // the queue.
            match tokio::spawn(work(items)).await {
                Ok(outcomes) => {
                    for (answer, outcome) in answers.into_iter().zip(outcomes) {
                        let _ = answer.send(outcome);
                    }
                }
                Err(error) => tracing::error!(%error, "a run of work done together was given up"),
            }
        }
    }

    fn next(&self) -> Option<(Vec<I>, Vec<oneshot::Sender<O>>)> {
        let mut queue = self.queue();
        let most = queue.waiting.len().min(MOST);
        queue.busy = most > 0;
        queue.busy.then(|| queue.waiting.drain(..most).unzip())
    }

    fn queue(&self) -> MutexGuard<'_, Queue<I, O>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Together};
    use std::sync::{Arc, Mutex};

    #[tokio::test]
    async fn what_arrives_during_a_run_shares_the_next_and_everybody_hears_their_own_answer() {
        let together = Together::<usize, usize>::default();
        let runs = Arc::new(Mutex::new(Vec::new()));
        let asked: Vec<_> = (0..2 * MOST)
            .map(|item| {
                let (together, runs) = (together.clone(), Arc::clone(&runs));
                tokio::spawn(async move {
                    let work = move |items: Vec<usize>| {
                        runs.lock().unwrap().push(items.len());
                        async move { items.into_iter().map(|item| 10 * item).collect() }
                    };
                    (item, together.ask(item, work).await)
                })
            })
            .collect();
        for answer in asked {
            let (item, answer) = answer.await.unwrap();
            assert_eq!(answer, Some(10 * item));
        }
        let runs = runs.lock().unwrap();
        assert_eq!(runs.iter().sum::<usize>(), 2 * MOST);
        assert!(runs.len() < 2 * MOST && runs.iter().all(|&run| run <= MOST), "{runs:?}");
    }

    #[tokio::test]
    async fn a_run_that_panics_leaves_its_askers_without_an_answer_and_the_next_run_works() {
        let together = Together::<u8, u8>::default();
        let work = |items: Vec<u8>| async move {
            assert_ne!(items, [0], "a fault");
            items
        };
        assert_eq!(together.ask(0, work).await, None);
        assert_eq!(together.ask(7, work).await, Some(7));
    }
}
