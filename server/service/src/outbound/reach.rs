//! Which addresses may be spoken to. What the operator of the server wrote is believed; an address that came from a
//! browser must not make the server knock at doors inside its own network.

use super::OutboundError;
use http::Uri;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use tower::Service;

/// Which addresses an adapter may speak to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// What the operator configured: https anywhere, also in the private network; plain http on this machine alone.
    #[default]
    Configured,
    /// What people bring along (a push subscription): https to public addresses only, whatever the name leads to.
    Public,
}

impl Reach {
    /// Whether a configured or given URL may be spoken to at all.
    ///
    /// # Errors
    /// [`OutboundError::Unsendable`] with the reason, without the URL.
    pub fn check(self, url: &Uri) -> Result<(), OutboundError> {
        let host = url
            .host()
            .ok_or(OutboundError::Unsendable("its address names no host"))?;
        if url
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'))
        {
            return Err(OutboundError::Unsendable("its address holds a user name or password"));
        }
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let here = literal.map_or(host == "localhost", |address| address.is_loopback());
        match (self, url.scheme_str()) {
            (Self::Public, Some("https")) if literal.is_none_or(is_public) => Ok(()),
            (Self::Public, Some("https")) => Err(OutboundError::Unsendable("its address is not a public one")),
            (Self::Public, _) => Err(OutboundError::Unsendable("its address is not https")),
            (Self::Configured, Some("https")) => Ok(()),
            (Self::Configured, Some("http")) if here => Ok(()),
            (Self::Configured, _) => Err(OutboundError::Unsendable(
                "its address is not https (plain http is for this machine alone)",
            )),
        }
    }
}

/// Looks names up as the machine does and leaves out what is out of reach.
#[derive(Clone)]
pub(super) struct Names {
    reach: Reach,
    resolver: GaiResolver,
}

impl Names {
    pub(super) fn new(reach: Reach) -> Self {
        Self {
            reach,
            resolver: GaiResolver::new(),
        }
    }
}

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.resolver.poll_ready(context)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (reach, found) = (self.reach, self.resolver.call(name));
        Box::pin(async move {
            let within = |address: &SocketAddr| reach == Reach::Configured || is_public(address.ip());
            let within: Vec<SocketAddr> = found.await?.filter(within).collect();
            if within.is_empty() {
                return Err(io::Error::other("the name leads to no address that may be spoken to"));
            }
            Ok(within.into_iter())
        })
    }
}

/// Whether an address belongs to the public internet (IANA's special-purpose registries, RFC 6890, are not).
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, third, _] = address.octets();
            let special = address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_documentation()
                || matches!((first, second), (100, 64..=127) | (198, 18..=19))
                || (first, second, third) == (192, 0, 0);
            !special && (1..224).contains(&first)
        }
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// 2000::/3 without what carries another address inside (Teredo, 6to4) and without documentation.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    (0x2000..0x4000).contains(&first) && first != 0x2002 && !(first == 0x2001 && matches!(second, 0 | 0x0db8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reach: Reach, url: &str) -> bool {
        reach.check(&url.parse().unwrap()).is_ok()
    }

    #[test]
    fn plain_http_never_leaves_this_machine() {
        for url in [
            "https://gateway.example/check",
            "https://10.1.2.3/",
            "http://127.0.0.1:9/",
            "http://[::1]:9/",
            "http://localhost/",
        ] {
            assert!(check(Reach::Configured, url), "{url}");
        }
        for url in [
            "http://gateway.example/",
            "http://10.1.2.3/",
            "ftp://127.0.0.1/",
            "/check",
            "http://localhost.example/",
        ] {
            assert!(!check(Reach::Configured, url), "{url}");
        }
        assert!(!check(Reach::Configured, "https://name:password@gateway.example/"));
    }

    #[test]
    fn what_people_bring_along_leads_to_public_addresses_only() {
        for url in [
            "https://fcm.googleapis.com/x",
            "https://8.8.8.8/",
            "https://[2400:3200::1]/",
        ] {
            assert!(check(Reach::Public, url), "{url}");
        }
        for url in [
            "http://fcm.googleapis.com/",
            "https://127.0.0.1/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/",
            "https://100.100.100.200/",
            "https://0.0.0.0/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[2002:a00:1::]/",
            "https://[64:ff9b::a00:1]/",
        ] {
            assert!(!check(Reach::Public, url), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_into_the_own_network_is_not_followed() {
        let lookup = async |reach| Names::new(reach).call("localhost".parse().unwrap()).await;
        assert!(lookup(Reach::Configured).await.is_ok());
        assert!(lookup(Reach::Public).await.is_err());
    }
}
