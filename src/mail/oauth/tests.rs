use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A token server on loopback that answers each request the same, and how often it was asked.
async fn server(answer: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            count.fetch_add(1, Ordering::SeqCst);
            let mut buffer = vec![0; 4_096];
            let mut request = String::new();
            while !request.contains("scope=") {
                let read = stream.read(&mut buffer).await.unwrap();
                request.push_str(&String::from_utf8_lossy(&buffer[..read]));
            }
            assert!(request.contains("grant_type=client_credentials&client_id=app&client_secret=s%2Bt"));
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (url, asked)
}

fn source(url: String) -> TokenSource {
    TokenSource::new(url, "app".to_owned(), "s+t".to_owned(), "mail".to_owned())
}

const GRANTED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n\
     {\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_its_end() {
    let (url, asked) = server(GRANTED).await;
    let source = source(url);
    let now = Instant::from_micros(0);
    assert_eq!(source.expires_at().await, None);
    for later in [0, 10, 54] {
        assert_eq!(source.token(now.plus_micros(later * MICROS_PER_MINUTE)).await.unwrap(), "abc");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(source.expires_at().await, Some(now.plus_micros(60 * MICROS_PER_MINUTE)));
    source.token(now.plus_micros(55 * MICROS_PER_MINUTE)).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_refusal_says_what_the_server_says_and_no_secret() {
    let (url, _) = server(
        "HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n\
         {\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret.\\nTrace\"}",
    )
    .await;
    let error = source(url).token(Instant::from_micros(0)).await.unwrap_err().to_string();
    assert!(error.ends_with("(401): invalid_client: AADSTS7000215: Invalid client secret."), "{error}");
    assert!(!error.contains("s+t"));
}

#[tokio::test]
async fn the_secret_follows_no_redirect() {
    let (url, asked) = server("HTTP/1.1 307 X\r\nlocation: /token\r\nconnection: close\r\n\r\n").await;
    let error = source(url).token(Instant::from_micros(0)).await.unwrap_err();
    assert!(matches!(error, TokenError::Refused { status: 307, .. }), "{error}");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
