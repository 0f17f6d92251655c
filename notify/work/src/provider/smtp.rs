//! E-mail over SMTP: a pool of kept connections that carry messages with as few round trips as possible.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use kernel::Clock;
use tokio::{
    sync::{Semaphore, oneshot},
    time::{Instant, timeout},
};
use tokio_rustls::TlsConnector;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    link::Link,
    parcel::Parcel,
    settings::SmtpSettings,
    transfer::{Loss, Supply},
    wire::Broken,
};
use super::{Closing, EmailRoute, Outcome, OutgoingEmail, Refusal, Sending, settings::Unusable};
use crate::{mime, tls};

mod link;
mod parcel;
mod reply;
pub mod settings;
mod transfer;
mod wire;

/// Longest pause between attempts to reach a server that cannot be reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// One SMTP server that takes our e-mails.
///
/// Connections are opened as messages wait, up to the setting, and closed when idle. A server that
/// cannot be reached is left alone for a growing pause (1 s to 30 s); meanwhile every message is
/// answered [`Outcome::Later`] at once.
pub struct Smtp {
    pool: Arc<Pool>,
    clock: Clock,
}

impl Smtp {
    /// Takes the settings as they are; nothing is connected yet.
    ///
    /// # Errors
    /// [`Unusable`] when the settings contradict themselves or the certificate file cannot be read.
    pub fn new(settings: SmtpSettings, clock: Clock) -> Result<Self, Unusable> {
        settings.check()?;
        let tls = TlsConnector::from(tls::client(settings.ca_file.as_deref())?);
        let pool = Pool {
            settings: Arc::new(settings),
            tls,
            state: Mutex::default(),
            items: Semaphore::new(0),
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
        };
        Ok(Self { pool: Arc::new(pool), clock })
    }

    async fn end(&self) {
        self.pool.closing.cancel();
        self.pool.tasks.close();
        self.pool.tasks.wait().await;
    }

    fn return_path(&self, email: &OutgoingEmail, domain: &str) -> Option<String> {
        let pattern = &self.pool.settings.return_path;
        let path = if pattern.is_empty() {
            email.from_address.clone()
        } else {
            pattern.replace("{id}", &email.id.to_string()).replace("{domain}", domain)
        };
        mime::address::Address::parse(&path)
            .filter(mime::address::Address::is_ascii)
            .map(|a| a.to_string())
    }

    async fn hand_over(&self, email: &OutgoingEmail) -> Outcome {
        let mail = match mime::write(email, self.clock.now()) {
            Ok(mail) => mail,
            Err(why) => return Outcome::refused(Refusal::Technical, why.to_string()),
        };
        let Some(return_path) = self.return_path(email, &mail.domain) else {
            return Outcome::refused(Refusal::Technical, "the return path is not an address");
        };
        let (answer, answered) = oneshot::channel();
        if let Some(outcome) = self.pool.push(Parcel { mail, return_path, second: false, answer }) {
            return outcome;
        }
        answered.await.unwrap_or_else(|_| Outcome::later("the mail connection ended"))
    }
}

impl EmailRoute for Smtp {
    fn name(&self) -> &str {
        &self.pool.settings.name
    }

    /// SMTP tells nothing after it took a message; bounces are another road.
    fn gives_receipts(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, email: &'a OutgoingEmail) -> Sending<'a> {
        Box::pin(self.hand_over(email))
    }

    fn close(&self) -> Closing<'_> {
        Box::pin(self.end())
    }
}

struct Pool {
    settings: Arc<SmtpSettings>,
    tls: TlsConnector,
    state: Mutex<State>,
    /// As many permits as parcels wait.
    items: Semaphore,
    tasks: TaskTracker,
    closing: CancellationToken,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Parcel>,
    /// Tasks that own, or are about to open, a connection.
    workers: usize,
    /// Workers that wait for something to do.
    idle: usize,
    /// Open connections.
    open: usize,
    /// The server could not be reached.
    down: Option<Down>,
}

impl State {
    /// Leaves the server alone, each time for twice as long; many failures at once count as one.
    fn rest(&mut self, words: &str) -> Duration {
        let now = Instant::now();
        let pause = match &self.down {
            Some(down) if down.until > now => return down.until - now,
            Some(down) => (down.pause * 2).min(LONGEST_PAUSE),
            None => Duration::from_secs(1),
        };
        self.down = Some(Down { until: now + pause, pause, words: words.to_owned() });
        pause
    }
}

struct Down {
    until: Instant,
    pause: Duration,
    words: String,
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock, so the state is whole even then.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a parcel and sees to it that somebody takes it; or says why not.
    fn push(self: &Arc<Self>, parcel: Parcel) -> Option<Outcome> {
        if self.closing.is_cancelled() {
            return Some(Outcome::later("we are stopping"));
        }
        let mut state = self.state();
        let rest = state.down.as_ref().map(|down| down.until.duration_since(Instant::now()));
        let resting = rest.is_some_and(|rest| !rest.is_zero());
        if let (true, 0, Some(down)) = (resting, state.open, &state.down) {
            return Some(Outcome::Later { words: down.words.clone(), after: rest });
        }
        state.waiting.push_back(parcel);
        self.items.add_permits(1);
        let more = state.waiting.len() > state.idle && state.workers < self.settings.connections;
        if more && !resting {
            state.workers += 1;
            let pool = Arc::clone(self);
            self.tasks.spawn(async move { pool.work().await });
        }
        None
    }

    fn push_back_first(&self, parcel: Parcel) {
        self.state().waiting.push_front(parcel);
        self.items.add_permits(1);
    }

    /// The life of one connection after another, until there is nothing to do.
    async fn work(&self) {
        let mut link: Option<Link> = None;
        while let Some(parcel) = self.next().await {
            if parcel.is_withdrawn() {
                continue;
            }
            let mut kept = match self.take_or_open(&mut link).await {
                Ok(kept) => kept,
                Err(why) => return self.retire(Some(parcel), &why),
            };
            match kept.carry(parcel, self).await {
                Ok(()) => {
                    self.state().down = None;
                    link = Some(kept);
                }
                Err(loss) => {
                    self.state().open -= 1;
                    tracing::info!(provider = %self.settings.name, reason = %loss.why, "a mail connection broke");
                    if kept.carried == 0 {
                        // It never was of use, so the next one may not be either.
                        loss.safe.into_iter().for_each(|parcel| parcel.settle_broken(&loss.why));
                        return self.retire(None, &loss.why);
                    }
                    self.hand_on(loss);
                }
            }
        }
        if let Some(link) = link {
            self.state().open -= 1;
            link.lines.quit().await;
        }
    }

    /// The kept connection if it is of use, else a new one.
    async fn take_or_open(&self, link: &mut Option<Link>) -> Result<Link, Broken> {
        if let Some(mut kept) = link.take() {
            if kept.carried < self.settings.messages_per_connection && kept.lines.is_quiet() {
                return Ok(kept);
            }
            self.state().open -= 1;
            kept.lines.quit().await;
        }
        let fresh = Link::open(&self.settings, &self.tls).await?;
        self.state().open += 1;
        Ok(fresh)
    }

    /// A connection broke that had been of use, and may just have grown old: what is safe goes over
    /// another one, once.
    fn hand_on(&self, loss: Loss) {
        for mut parcel in loss.safe.into_iter().rev() {
            if parcel.second {
                parcel.settle_broken(&loss.why);
            } else {
                parcel.second = true;
                self.push_back_first(parcel);
            }
        }
    }

    /// No connection to be had, or none of use, so this worker ends and the server is left alone for
    /// a while. While other connections stand, they take what waits; else everybody is told.
    fn retire(&self, parcel: Option<Parcel>, why: &Broken) {
        let words = why.to_string();
        let mut state = self.state();
        let pause = state.rest(&words);
        state.workers -= 1;
        if state.open > 0 {
            if let Some(parcel) = parcel {
                state.waiting.push_front(parcel);
                self.items.add_permits(1);
            }
            return;
        }
        let stranded: Vec<_> = state.waiting.drain(..).collect();
        self.items.forget_permits(stranded.len());
        drop(state);
        tracing::warn!(provider = %self.settings.name, reason = %words, "the mail server cannot be used");
        for parcel in parcel.into_iter().chain(stranded) {
            parcel.settle(Outcome::Later { words: words.clone(), after: Some(pause) });
        }
    }

    /// The next parcel; `None` when this worker has waited long enough, and counts no more.
    async fn next(&self) -> Option<Parcel> {
        loop {
            if let Some(parcel) = self.waiting() {
                return Some(parcel);
            }
            self.state().idle += 1;
            let came = tokio::select! {
                permit = timeout(self.settings.idle_limit(), self.items.acquire()) => permit.ok().and_then(Result::ok),
                () = self.closing.cancelled() => None,
            };
            let mut state = self.state();
            state.idle -= 1;
            if let Some(permit) = came {
                permit.forget();
                if let Some(parcel) = state.waiting.pop_front() {
                    return Some(parcel);
                }
            } else if state.waiting.is_empty() {
                state.workers -= 1;
                return None;
            }
        }
    }
}

impl Supply for Pool {
    fn waiting(&self) -> Option<Parcel> {
        self.items.try_acquire().ok()?.forget();
        self.state().waiting.pop_front()
    }
}
