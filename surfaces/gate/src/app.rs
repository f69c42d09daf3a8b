//! Everything a handler needs, in one place.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use clock::Date;
use observe::{Health, Metrics};
use runner::{Actor, Command, Executed, Fault, Halt, Request, Resource, Runner};
use seal::{FieldKeys, KeyRing, SealError};
use store::{Store, Tx};
use ui::layout::{MissingFooterField, Site};
use web::{FormKey, Limits};

use crate::{PageError, SiteSettings, Visitor, operation};

/// The state of all routes. Cheap to clone.
#[derive(Clone)]
pub struct App(pub Arc<AppInner>);

impl Deref for App {
    type Target = AppInner;

    fn deref(&self) -> &AppInner {
        &self.0
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// The one door through which state changes.
    pub runner: Arc<Runner>,
    /// The published packages.
    pub library: Arc<procedure::Library>,
    /// Keys of sealed fields.
    pub keys: Arc<FieldKeys>,
    /// All keys of the node.
    pub ring: Arc<KeyRing>,
    /// The working-day calendar.
    pub calendar: Arc<clock::WorkCalendar>,
    /// Files.
    pub blobs: blobs::Blobs,
    /// The search index.
    pub search: Arc<search::Index>,
    /// The site.
    pub settings: SiteSettings,
    /// Certificates whose document signatures are trusted.
    pub trusted: Vec<seal::Certificate>,
    /// Limits of requests. `https` and `guessing_paths` are set by [`App::assemble`].
    pub limits: Limits,
}

/// What is behind an [`App`].
pub struct AppInner {
    /// The one door through which state changes.
    pub runner: Arc<Runner>,
    /// The database.
    pub store: Arc<Store>,
    /// The published packages.
    pub library: Arc<procedure::Library>,
    /// Keys of sealed fields.
    pub keys: Arc<FieldKeys>,
    /// All keys of the node.
    pub ring: Arc<KeyRing>,
    /// The working-day calendar.
    pub calendar: Arc<clock::WorkCalendar>,
    /// Files.
    pub blobs: blobs::Blobs,
    /// The search index.
    pub search: Arc<search::Index>,
    /// The site.
    pub settings: SiteSettings,
    /// Certificates whose document signatures are trusted.
    pub trusted: Vec<seal::Certificate>,
    /// Limits of requests.
    pub limits: Limits,
    /// Whether requests should come; the server says so.
    pub health: Health,
    /// Figures of operation.
    pub metrics: Metrics,
    pub(crate) form_key: FormKey,
    pub(crate) site: Site,
    pub(crate) desk_site: Site,
}

/// Why an [`App`] cannot be assembled.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// A government site must carry a complete footer (国办发〔2019〕19号).
    #[error("expected a complete footer in production, but: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Footer(Vec<MissingFooterField>),
    /// Sessions must not travel in the clear.
    #[error("expected public_url to begin with https:// in production, but it is {0:?}")]
    NoHttps(String),
    /// The key of form tokens.
    #[error(transparent)]
    Key(#[from] SealError),
}

/// Forms in which one could guess.
const GUESSING_PATHS: [&str; 6] = ["/sign-in", "/workspace/sign-in", "/register", "/password", "/track", "/verify"];

impl App {
    /// Puts an app together; the server and tests do it alike.
    ///
    /// # Errors
    /// [`AssembleError`] when a site for the public is not fit to be one.
    pub fn assemble(parts: Parts) -> Result<Self, AssembleError> {
        let Parts { runner, library, keys, ring, calendar, blobs, search, settings, trusted, mut limits } = parts;
        if settings.production {
            settings.footer.check().map_err(AssembleError::Footer)?;
            if !settings.is_https() {
                return Err(AssembleError::NoHttps(settings.public_url));
            }
        }
        limits.https = settings.is_https();
        limits.guessing_paths = GUESSING_PATHS.to_vec();
        let inner = AppInner {
            store: Arc::clone(runner.store()),
            form_key: FormKey::new(*ring.secret("form-token")?),
            site: settings.citizen_site(),
            desk_site: settings.desk_site(),
            health: Health::new(),
            metrics: Metrics::install(),
            runner,
            library,
            keys,
            ring,
            calendar,
            blobs,
            search,
            settings,
            trusted,
            limits,
        };
        Ok(Self(Arc::new(inner)))
    }
}

impl AppInner {
    /// Runs a command for the visitor and answers after its commit.
    ///
    /// # Errors
    /// The refusal or fault as a page.
    pub async fn execute<C: Command>(&self, visitor: &Visitor, key: Option<String>, command: C) -> Result<Executed<C::Outcome>, PageError> {
        Ok(self.run(visitor.actor.clone(), key, command).await?)
    }

    /// Reads in one snapshot, away from the threads that serve. The work may run again, so it must only read.
    ///
    /// # Errors
    /// The refusal or fault as a page.
    pub async fn read<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, Halt> + Send + 'static) -> Result<T, PageError> {
        Ok(self.query(work).await?)
    }

    /// As [`AppInner::execute`], for any actor and with the plain answer of the runner.
    ///
    /// # Errors
    /// The runner's.
    pub async fn run<C: Command>(&self, actor: Actor, key: Option<String>, command: C) -> Result<Executed<C::Outcome>, Halt> {
        let (send, receive) = tokio::sync::oneshot::channel();
        self.runner.execute_then(Request { actor, key }, command, move |answer| {
            // Who asked may have gone away meanwhile; the command is done all the same.
            let _ = send.send(answer);
        });
        receive.await.unwrap_or_else(|_| Err(Fault::because("the store closed before it answered").into()))
    }

    /// As [`AppInner::read`], with the plain answer.
    ///
    /// # Errors
    /// What the work answers.
    pub async fn query<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, Halt> + Send + 'static) -> Result<T, Halt> {
        let store = Arc::clone(&self.store);
        self.blocking(move || store.read(work)).await?
    }

    /// Does work that takes time (hashing, files, search) away from the threads that serve.
    ///
    /// # Errors
    /// A fault when the work panicked.
    pub async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Halt> {
        tokio::task::spawn_blocking(work).await.map_err(Halt::fault)
    }

    /// Asks whoever keeps these registers elsewhere about the party for whom the actor acts, before a form is filled in or handed in. One that does not
    /// answer keeps nobody from applying: what it holds is typed.
    ///
    /// # Errors
    /// A fault when the work panicked.
    pub async fn ask_about_own(&self, actor: &Actor, registers: BTreeSet<&str>) -> Result<(), Halt> {
        let (runner, actor) = (Arc::clone(&self.runner), actor.clone());
        let registers: Vec<String> = registers.into_iter().map(str::to_owned).collect();
        self.blocking(move || {
            for register in &registers {
                match registers::ask_about_own(&runner, &actor, register) {
                    Ok(()) => {}
                    Err(Halt::Refused(refusal)) => tracing::info!(register, code = %refusal.code, "a register elsewhere gave no answer"),
                    Err(Halt::Fault(fault)) => tracing::error!(register, %fault, "a register elsewhere could not be asked"),
                }
            }
        })
        .await
    }

    /// Tells the calendar of this process what was imported. Other processes on the same database look every minute.
    ///
    /// # Errors
    /// The database's, or an arrangement that no longer passes the checks.
    pub async fn learn_imports(&self) -> Result<bool, Halt> {
        let calendar = Arc::clone(&self.calendar);
        self.query(move |tx| operation::learn_imports(tx, &calendar)).await
    }

    /// The day in China.
    #[must_use]
    pub fn today(&self) -> Date {
        clock::local_date(self.runner.clock().now())
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.runner.clock().now().as_millisecond()
    }

    /// Whether the visitor may do an act; ask before showing a button.
    #[must_use]
    pub fn may(&self, visitor: &Visitor, action: &str, resource: &Resource) -> bool {
        self.runner.authority().rule(&visitor.actor, action, resource).permitted
    }

    /// An address of this site as it stands on paper: `https://…/verify/ABCD`.
    #[must_use]
    pub fn public_address(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url)
    }
}
