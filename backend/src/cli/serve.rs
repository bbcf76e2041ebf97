//! `serve`.

use std::{
    io::{self, Write},
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use tokio::{net::TcpListener, signal};

use super::{CliError, Place};
use crate::{
    accounts::{Passwords, Throttle},
    app::{App, Settings},
    branding::Branding,
    catalogue::{self, CurrentCatalogue},
    clock::Clock,
    config::Config,
    demo, housekeeping,
    http::{Running, router},
    inbox::{Expected, Inbox},
    live::Hub,
    mail::{Postman, demo_routes},
    reminders::{self, Reminders},
};

/// Flags of `serve`; each overrides its setting.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    place: Place,
    /// The address to listen on
    #[arg(long)]
    host: Option<IpAddr>,
    /// The port to listen on
    #[arg(long)]
    port: Option<u16>,
    /// The folder of the built portal, to serve it too
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// A built-in catalogue's name or a file
    #[arg(long)]
    catalogue: Option<String>,
    /// Load the demo data once, and offer its accounts at sign-in
    #[arg(long)]
    demo: bool,
    /// Stand still at this moment (RFC 3339), for tests that look at times
    #[arg(long, value_name = "TIME", hide = true)]
    clock: Option<DateTime<Utc>>,
}

impl Options {
    fn apply(self, config: &mut Config) {
        self.place.apply(config);
        config.host = self.host.unwrap_or(config.host);
        config.port = self.port.unwrap_or(config.port);
        config.site = self.site.or(config.site.take());
        if let Some(catalogue) = self.catalogue {
            config.catalogue = catalogue;
        }
    }
}

/// Answers requests until the program is told to stop.
///
/// # Errors
/// The branding, the catalogue, the database or the port cannot be used.
pub async fn serve(options: Options, mut config: Config) -> Result<(), CliError> {
    let demo = options.demo;
    let clock = options.clock.map_or(Clock::System, Clock::Fixed);
    options.apply(&mut config);
    tracing_subscriber::fmt().with_env_filter(&config.log).with_writer(io::stderr).init();

    let mut branding = Branding::read(&config)?;
    let catalogue = catalogue::load(&config.catalogue)?;
    let store = config.open_store().await?;
    let files = config.open_files()?;
    let address = SocketAddr::new(config.host, config.port);
    let delivery = config.open_mail()?;
    let listener = TcpListener::bind(address).await.map_err(|source| CliError::Listen { address, source })?;
    let sender = config.sender(listener.local_addr()?)?;
    let demo_accounts = if demo {
        // Cases keep what they were asked, whatever the catalogue of now.
        let made = demo::load(&store, &catalogue::load(demo::CATALOGUE)?, clock.now()).await?;
        if made > 0 {
            println!("Loaded the demo data: {made} cases.");
        }
        branding.contacts_or(demo::contacts());
        demo::accounts()?
    } else {
        Vec::new()
    };
    let settings = Settings {
        product_name: config.product_name.clone(),
        branding,
        secure_cookies: config.is_secure(),
        reopening: config.reopening,
        reminders: Reminders {
            waiting_days: config.remind_waiting_after_days,
            close_unanswered: config.close_unanswered_solutions,
        },
        demo_accounts,
        site: config.site.clone(),
    };
    let app = App {
        hub: Hub::start(store.clone()).await?,
        store,
        files,
        catalogue: CurrentCatalogue::new(catalogue),
        clock,
        settings: Arc::new(settings),
        passwords: Passwords::new(config.passwords_at_once.max(1))?,
        throttle: Throttle::default(),
        running: Running::default(),
    };
    if announce(&app, listener.local_addr()?).is_err() {
        tracing::debug!("nobody reads standard output");
    }
    tokio::spawn(housekeeping::keep(app.clone()));
    if !demo {
        tokio::spawn(reminders::keep(app.clone()));
    }
    let postman = Postman { store: app.store.clone(), clock, sender, delivery };
    tokio::spawn(postman.clone().work());
    if let Some(folder) = config.mail_in.clone() {
        let Postman { sender, delivery, .. } = postman.clone();
        let expected = Expected::by(&sender, config.mail_authserv_id.clone());
        tokio::spawn(Inbox { app: app.clone(), folder, expected, sender, delivery }.work());
    }
    tokio::spawn(app.catalogue.clone().follow(config.catalogue.clone()));
    let hub = app.hub.clone();
    let routes = router(app);
    let routes = if demo { routes.merge(demo_routes(postman)) } else { routes };
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            stop_asked().await;
            hub.close();
        })
        .await?;
    Ok(())
}

/// Says where the portal is. Whoever started the program may have stopped reading:
/// that is no reason not to serve.
fn announce(app: &App, address: SocketAddr) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{} is at http://{address}", app.settings.product_name)?;
    if app.settings.demo_accounts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nDemo accounts, password {}:", demo::PASSWORD)?;
    for account in &app.settings.demo_accounts {
        writeln!(out, "  {:<26} {}, {}", account.email, account.name, account.role)?;
    }
    writeln!(out, "\nStop with Ctrl-C.")
}

async fn stop_asked() {
    let interrupt = signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = interrupt.await;
}
