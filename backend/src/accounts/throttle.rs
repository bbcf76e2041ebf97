//! How often one may try to sign in.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::extract::{ConnectInfo, Extension};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// Where a request comes from, as far as it is known.
pub type Peer = Option<Extension<ConnectInfo<SocketAddr>>>;

/// The network address of that, as it is kept with what was done.
#[must_use]
pub fn origin(peer: Option<&Extension<ConnectInfo<SocketAddr>>>) -> Option<String> {
    peer.map(|Extension(ConnectInfo(peer))| peer.ip().to_canonical().to_string())
}

/// Tries at one account: ten at once, then one every six seconds.
const PER_ACCOUNT: (NonZeroU32, NonZeroU32) =
    (NonZeroU32::MIN.saturating_add(9), NonZeroU32::MIN.saturating_add(9));
/// Tries from one address: sixty at once, then one a second. Offices share one.
const PER_ADDRESS: (NonZeroU32, NonZeroU32) =
    (NonZeroU32::MIN.saturating_add(59), NonZeroU32::MIN.saturating_add(59));

/// Counts tries by account and by address, whether they succeed or not.
#[derive(Clone)]
pub struct Throttle {
    accounts: Arc<DefaultKeyedRateLimiter<String>>,
    addresses: Arc<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Default for Throttle {
    fn default() -> Self {
        let quota = |(a_minute, burst)| Quota::per_minute(a_minute).allow_burst(burst);
        Self {
            accounts: Arc::new(RateLimiter::keyed(quota(PER_ACCOUNT))),
            addresses: Arc::new(RateLimiter::keyed(quota(PER_ADDRESS))),
        }
    }
}

impl Throttle {
    /// Counts one try.
    ///
    /// # Errors
    /// How long to wait before the next.
    pub fn try_once(&self, email: &str, peer: &Peer) -> Result<(), Duration> {
        let unknown = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let address = peer.as_ref().map_or(unknown, |Extension(ConnectInfo(peer))| peer.ip());
        let now = DefaultClock::default().now();
        self.addresses.check_key(&address).map_err(|early| early.wait_time_from(now))?;
        self.accounts.check_key(&email.to_owned()).map_err(|early| early.wait_time_from(now))
    }

    /// Forgets those who have not tried for a while.
    pub fn tidy(&self) {
        self.accounts.retain_recent();
        self.addresses.retain_recent();
    }
}
