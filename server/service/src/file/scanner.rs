//! The virus scanner: a clamd over TCP or its socket, asked with INSTREAM (clamd(8)). Whatever is not a plain "nothing found"
//! or "found" counts as no answer; a file without an answer is not used.

use super::BadFiles;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

/// How long reaching the scanner may take.
const TO_CONNECT: Duration = Duration::from_secs(5);
/// How long it may take over one file.
const TO_ANSWER: Duration = Duration::from_secs(60);
/// Bytes sent in one piece.
const PIECE: usize = 64 * 1024;
/// Longer is no answer of a clamd.
const LONGEST_ANSWER: u64 = 4096;

/// Where the scanner is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scanner {
    /// `host:port`.
    Tcp(String),
    /// The path of a socket.
    Unix(PathBuf),
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing found.
    Clean,
    /// Something found.
    Infected,
}

impl Scanner {
    /// Reads `host:port`, a path, or either as a URL (`tcp://`, `unix:`).
    pub(super) fn parse(address: &str) -> Result<Self, BadFiles> {
        let address = address.trim();
        let path = address.strip_prefix("unix:").unwrap_or(address);
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.starts_with('/') {
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        let place = address.strip_prefix("tcp://").unwrap_or(address);
        match place.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0) => {
                Ok(Self::Tcp(place.to_owned()))
            }
            _ => Err(BadFiles(format!(
                "--clamav {address} is no address of a clamd; use host:port (usually 127.0.0.1:3310) or the path of its socket"
            ))),
        }
    }

    /// Asks about a file; `Err` says why there is no answer.
    pub(super) async fn scan(&self, bytes: &[u8]) -> Result<Said, String> {
        let answer = self.ask(b"zINSTREAM\0", Some(bytes)).await?;
        match answer.strip_prefix("stream: ").unwrap_or(&answer) {
            "OK" => Ok(Said::Clean),
            found if found.ends_with(" FOUND") => {
                tracing::warn!(%found, "the virus scanner found something in an upload");
                Ok(Said::Infected)
            }
            other => Err(format!("it answers {other:?}")),
        }
    }

    /// Whether it answers at all.
    pub(super) async fn ping(&self) -> Result<(), String> {
        match self.ask(b"zPING\0", None).await?.as_str() {
            "PONG" => Ok(()),
            other => Err(format!("it answers {other:?}")),
        }
    }

    async fn ask(&self, command: &[u8], bytes: Option<&[u8]>) -> Result<String, String> {
        match self {
            Self::Tcp(place) => talk(connected(TcpStream::connect(place)).await?, command, bytes).await,
            Self::Unix(path) => talk(connected(UnixStream::connect(path)).await?, command, bytes).await,
        }
    }
}

async fn connected<S>(connecting: impl Future<Output = std::io::Result<S>>) -> Result<S, String> {
    match timeout(TO_CONNECT, connecting).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it cannot be reached in time".to_owned()),
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    command: &[u8],
    bytes: Option<&[u8]>,
) -> Result<String, String> {
    match timeout(TO_ANSWER, exchange(stream, command, bytes)).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err("it does not answer in time".to_owned()),
    }
}

/// Each piece with its length as a big-endian u32, a length of 0 at the end.
async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    command: &[u8],
    bytes: Option<&[u8]>,
) -> std::io::Result<String> {
    stream.write_all(command).await?;
    if let Some(bytes) = bytes {
        for piece in bytes.chunks(PIECE) {
            // At most PIECE, so it fits.
            let length = u32::try_from(piece.len()).unwrap_or(0);
            stream.write_all(&length.to_be_bytes()).await?;
            stream.write_all(piece).await?;
        }
        stream.write_all(&[0; 4]).await?;
    }
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer)
        .trim_matches(|letter: char| letter == '\0' || letter.is_whitespace())
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_port_or_a_socket() {
        for (text, scanner) in [
            ("127.0.0.1:3310", Scanner::Tcp("127.0.0.1:3310".to_owned())),
            ("tcp://clamd:3310", Scanner::Tcp("clamd:3310".to_owned())),
            ("[::1]:3310", Scanner::Tcp("[::1]:3310".to_owned())),
            ("/run/clamd.ctl", Scanner::Unix("/run/clamd.ctl".into())),
            ("unix:///run/clamd.ctl", Scanner::Unix("/run/clamd.ctl".into())),
        ] {
            assert_eq!(Scanner::parse(text).unwrap(), scanner, "{text}");
        }
        for text in ["", "clamd", ":3310", "clamd:0", "clamd:x", "clamd:99999"] {
            assert!(
                Scanner::parse(text).unwrap_err().to_string().contains("host:port"),
                "{text}"
            );
        }
    }

    #[tokio::test]
    async fn a_scanner_behind_a_socket_of_this_machine_answers_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clamd.ctl");
        let listener = tokio::net::UnixListener::bind(&path).unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut command = [0; 6];
            stream.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zPING\0");
            stream.write_all(b"PONG\0").await.unwrap();
        });
        let scanner = Scanner::parse(path.to_str().unwrap()).unwrap();
        assert_eq!(scanner.ping().await, Ok(()));
        std::fs::remove_file(&path).unwrap();
        assert!(scanner.ping().await.is_err() && scanner.scan(b"x").await.is_err());
    }
}
