//! `serve` and `work`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use clock::Date;
use gate::{App, Parts, SiteSettings};
use i18n::Text;
use tokio::net::TcpListener;
use ui::layout::{Footer, Help};

use crate::config::Place;
use crate::node::{Node, StartError, described};
use crate::{exchanging, figures};

const GRACE: Duration = Duration::from_secs(10);
const IDLE: Duration = Duration::from_millis(200);
const ROUND_EVERY_MS: i64 = 60_000;

/// Serves until it is told to stop.
///
/// # Errors
/// What keeps it from starting, or breaks it.
pub fn serve(place: &Place) -> Result<(), StartError> {
    start_logging(place)?;
    let node = Arc::new(Node::open(place)?);
    serve_node(&node)
}

pub(crate) fn serve_node(node: &Arc<Node>) -> Result<(), StartError> {
    let app = app(node, limits(node)?)?;
    let worker = Background::start(node, Some(Arc::clone(&app.search)))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(node.place.listen).await;
        let listener =
            listener.map_err(|e| format!("cannot listen on {}: {e}; choose another with --listen, or --port of ./run", node.place.listen))?;
        let address = listener.local_addr()?;
        println!("政枢已启动 · serving at http://{address}");
        if let Some(connector) = &node.site.connector {
            exchanging::serve_connector(node, connector).await?;
        }
        let exchange = gateway::routes(Arc::clone(&node.exchange), Arc::clone(&node.store));
        if let Some(tls) = &node.site.exchange_tls {
            exchanging::tls::serve(node, tls, exchange.clone()).await?;
        }
        app.health.ready();
        web::serve(listener, router(&app).merge(exchange), told_to_stop(), GRACE).await.map_err(StartError::from)
    });
    worker.stop();
    served
}

/// Limits of requests: behind which proxies the clients are stands in the site file.
///
/// # Errors
/// When an address there is none.
pub fn limits(node: &Node) -> Result<web::Limits, StartError> {
    let client = web::ClientSource { trusted_proxies: ranges(&node.site.trusted_proxies)? };
    Ok(web::Limits { client, ..web::Limits::default() })
}

/// The application over an open node.
///
/// # Errors
/// When the site lacks what the law wants, in production.
pub fn app(node: &Arc<Node>, limits: web::Limits) -> Result<App, StartError> {
    let today = clock::local_date(clock::from_millis(node.now_ms())?);
    let parts = Parts {
        runner: Arc::clone(&node.runner),
        library: Arc::clone(&node.library),
        keys: Arc::clone(&node.keys),
        ring: Arc::clone(&node.ring),
        calendar: Arc::clone(&node.calendar),
        blobs: node.blobs.clone(),
        search: Arc::new(portal::index_items(&node.library, today)?),
        settings: settings(node)?,
        trusted: node.trusted.clone(),
        limits,
    };
    Ok(App::assemble(parts)?)
}

/// All surfaces behind one edge.
pub fn router(app: &App) -> axum::Router {
    gate::server(app, [portal::routes(), workspace::routes(), api::routes()])
}

/// Lines for people, or JSON for collectors; `RUST_LOG` says how much.
pub(crate) fn start_logging(place: &Place) -> Result<(), StartError> {
    let format = if place.log_json { observe::LogFormat::Json } else { observe::LogFormat::Pretty };
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    Ok(observe::start_logging(format, &filter)?)
}

fn settings(node: &Node) -> Result<SiteSettings, StartError> {
    let site = &node.site;
    Ok(SiteSettings {
        site_name: Text::new(site.name_zh.clone(), site.name_en.clone()),
        owner: Text::new(site.host.clone(), site.host_en.clone()),
        division: site.division.clone(),
        public_url: node.place.public_url(),
        footer: Footer {
            sponsor: Text::new(site.host.clone(), site.host_en.clone()),
            operator: Text::new(site.operator.clone(), site.operator_en.clone()),
            contact: Text::same(site.contact.clone()),
            site_code: site.site_code.clone(),
            icp: site.icp.clone(),
            police: site.police.clone(),
            report_error_href: "/report-error".into(),
            site_map_href: "/sitemap".into(),
            links: Vec::new(),
        },
        help: Help { phone: site.help_phone.clone(), phone_name: Text::new("12345 热线", "12345 hotline"), proxy_href: "/delegations".into() },
        origin: site.node.clone(),
        production: site.production,
        admin_addresses: ranges(&site.admin_addresses)?,
    })
}

fn ranges(texts: &[String]) -> Result<Vec<web::AddressRange>, StartError> {
    texts.iter().map(|text| text.parse().map_err(StartError::from)).collect()
}

/// Does the jobs only.
///
/// # Errors
/// What keeps it from starting.
pub fn work(place: &Place) -> Result<(), StartError> {
    start_logging(place)?;
    let node = Arc::new(Node::open(place)?);
    let worker = Background::start(&node, None)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(told_to_stop());
    worker.stop();
    Ok(())
}

/// The worker's threads: jobs as they fall due and a round every minute; and the feeds, which wait for other nodes.
struct Background {
    stop: Arc<AtomicBool>,
    threads: [JoinHandle<()>; 2],
}

impl Background {
    fn start(node: &Arc<Node>, search: Option<Arc<search::Index>>) -> Result<Self, StartError> {
        let stop = Arc::new(AtomicBool::new(false));
        let feeds = exchanging::start_feeds(Arc::clone(node), Arc::clone(&stop))?;
        let (node, told) = (Arc::clone(node), Arc::clone(&stop));
        let jobs = std::thread::spawn(move || run_jobs(&node, search.as_deref(), &told));
        Ok(Self { stop, threads: [jobs, feeds] })
    }

    fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            // A worker that panicked has left its jobs leased; they are leased again when the lease runs out.
            let _ = thread.join();
        }
    }
}

fn run_jobs(node: &Node, search: Option<&search::Index>, stop: &AtomicBool) {
    let worker = node.worker(format!("{}-{}", node.site.node, std::process::id()));
    let mut next_round = node.now_ms();
    let mut rounds = Rounds::default();
    while !stop.load(Ordering::Relaxed) {
        match worker.run_due_unless(node.now_ms(), || stop.load(Ordering::Relaxed)) {
            Ok(0) => std::thread::sleep(IDLE),
            Ok(_) => {}
            Err(e) => {
                tracing::error!(error = %e, "the job queue failed");
                std::thread::sleep(IDLE * 10);
            }
        }
        if node.now_ms() >= next_round {
            next_round = node.now_ms() + ROUND_EVERY_MS;
            if let Err(e) = rounds.every_minute(node, search) {
                tracing::error!(error = %e, "the round of every minute failed");
            }
        }
    }
}

/// The rounds of every minute, and what they remember of the last one.
#[derive(Debug, Default)]
pub struct Rounds {
    indexed_on: Option<Date>,
    figures_of: Option<Date>,
}

impl Rounds {
    /// A signed checkpoint, years that were imported by another process, and packages that were published, retired or came into force since;
    /// after the end of a month the datasets computed from it.
    ///
    /// # Errors
    /// The database's, a year that no longer passes the checks, or a dataset that could not be prepared.
    pub fn every_minute(&mut self, node: &Node, search: Option<&search::Index>) -> Result<(), StartError> {
        node.checkpoints.present(&node.store, node.now_ms())?;
        node.exchange.sweep().map_err(described)?;
        let changed = node.store.read(|tx| node.library.refresh(tx))?;
        node.store.read(|tx| gate::operation::learn_imports(tx, &node.calendar)).map_err(described)?;
        let today = clock::local_date(clock::from_millis(node.now_ms())?);
        let new_day = self.indexed_on.is_some_and(|day| day != today);
        if let Some(search) = search.filter(|_| changed || new_day) {
            portal::reindex_items(search, &node.library, today)?;
        }
        if self.indexed_on != Some(today) {
            registers::forget_answers(&node.runner).map_err(described)?;
        }
        self.indexed_on = Some(today);
        let month = today.first_of_month();
        if self.figures_of != Some(month) {
            let prepared = figures::prepare(node, month).map_err(described)?;
            tracing::info!(%month, prepared = prepared.len(), "datasets were computed from the months before");
            self.figures_of = Some(month);
        }
        Ok(())
    }
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
