//! From which address a request comes.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The address of the client, as far as it can be known. Without a connection (in tests) it is the unspecified address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The part of the address that belongs to one client: IPv6 clients own a whole /64.
    #[must_use]
    pub fn key(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(address) => {
                let bits = address.to_bits() & (u128::MAX << 64);
                IpAddr::V6(bits.into())
            }
        }
    }
}

/// Tells the address of the client; knows the proxies whose word counts.
#[derive(Clone, Debug, Default)]
pub struct ClientSource {
    /// Proxies in front of the server. Only they may say `X-Forwarded-For`.
    pub trusted_proxies: Vec<AddressRange>,
}

impl ClientSource {
    /// The address of the client: the peer, or behind trusted proxies the last address in `X-Forwarded-For` that is no trusted proxy.
    #[must_use]
    pub fn of(&self, headers: &HeaderMap, extensions: &Extensions) -> ClientAddress {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip().to_canonical());
        if !self.trusts(peer) {
            return ClientAddress(peer);
        }
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<IpAddr> = lines.flat_map(|line| line.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
        ClientAddress(hops.into_iter().rev().find(|hop| !self.trusts(*hop)).unwrap_or(peer).to_canonical())
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|range| range.contains(address))
    }
}

/// A range of addresses: `10.1.0.0/16`, `2001:db8::/32`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressRange {
    base: IpAddr,
    bits: u8,
}

/// A text that is no range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAddressRange(pub String);

impl fmt::Display for BadAddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an address or a range such as 10.1.0.0/16, but got {:?}", self.0)
    }
}

impl std::error::Error for BadAddressRange {}

impl AddressRange {
    /// Whether the address lies in it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let shared = match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => (base.to_bits() ^ address.to_bits()).leading_zeros(),
            (IpAddr::V6(base), IpAddr::V6(address)) => (base.to_bits() ^ address.to_bits()).leading_zeros(),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => return false,
        };
        shared >= u32::from(self.bits)
    }
}

impl FromStr for AddressRange {
    type Err = BadAddressRange;

    fn from_str(text: &str) -> Result<Self, BadAddressRange> {
        let bad = || BadAddressRange(text.to_owned());
        let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr = base.trim().parse().map_err(|_| bad())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse().map_err(|_| bad()))?;
        if bits > most { Err(bad()) } else { Ok(Self { base, bits }) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn range(text: &str) -> AddressRange {
        text.parse().unwrap()
    }

    fn address(peer: &str, forwarded: &str) -> String {
        let source = ClientSource { trusted_proxies: vec![range("10.0.0.0/8")] };
        let (mut headers, mut extensions) = (HeaderMap::new(), Extensions::new());
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        source.of(&headers, &extensions).0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(address("192.0.2.1", "203.0.113.5"), "192.0.2.1");
        assert_eq!(address("10.0.0.1", "203.0.113.5"), "203.0.113.5");
        assert_eq!(address("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.2.2.2"), "203.0.113.5");
        assert_eq!(address("10.0.0.1", "nonsense"), "10.0.0.1");
        assert_eq!(address("::ffff:10.0.0.1", "203.0.113.5"), "203.0.113.5");
    }

    #[test]
    fn ranges_hold_their_addresses() {
        assert!(range("10.1.0.0/16").contains("10.1.255.1".parse().unwrap()));
        assert!(!range("10.1.0.0/16").contains("10.2.0.1".parse().unwrap()));
        assert!(range("2001:db8::/32").contains("2001:db8::1".parse().unwrap()));
        assert!(!range("127.0.0.1").contains("127.0.0.2".parse().unwrap()));
        assert!(range("0.0.0.0/0").contains("8.8.8.8".parse().unwrap()));
        for bad in ["", "10.0.0.0/33", "x/8", "10.0.0.0/-1", "::/129"] {
            assert!(bad.parse::<AddressRange>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        let key = |text: &str| ClientAddress(text.parse().unwrap()).key();
        assert_eq!(key("2001:db8:0:1::1"), key("2001:db8:0:1:ffff::2"));
        assert_ne!(key("2001:db8:0:1::1"), key("2001:db8:0:2::1"));
    }
}
