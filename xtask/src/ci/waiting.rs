//! Free ports, and waiting until somebody listens on one.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::ChoreError;

const PAUSE: Duration = Duration::from_millis(100);

/// A port on which nobody listens now.
pub(crate) fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Waits until the process listens on the port.
pub(crate) fn until_listening(name: &str, child: &mut Child, port: u16, patience: Duration) -> Result<(), ChoreError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let started = Instant::now();
    loop {
        if TcpStream::connect_timeout(&address, PAUSE).is_ok() {
            return Ok(());
        }
        if let Some(status) = child.try_wait()? {
            return Err(format!("{name} ended before it listened: {status}").into());
        }
        if started.elapsed() > patience {
            return Err(format!("{name} did not listen on port {port} after {} s", patience.as_secs()).into());
        }
        sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::{free_port, until_listening};
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn a_process_that_ends_is_not_waited_for() {
        let mut child = Command::new("true").spawn().unwrap();
        let answer = until_listening("true", &mut child, free_port().unwrap(), Duration::from_secs(30));
        assert!(answer.unwrap_err().to_string().starts_with("true ended before it listened"));
    }
}
