//! The live stream, read as a browser reads it.

use std::time::Duration;

use contract::live::LiveEvent;
use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

/// How long to wait for an event that must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: i64,
    /// What it says.
    pub event: LiveEvent,
}

impl Event {
    /// The number of the case it tells of.
    #[track_caller]
    pub fn number(&self) -> String {
        match &self.event {
            LiveEvent::CaseChanged { number, .. } => number.to_string(),
            other => panic!("no change of a case: {other:?}"),
        }
    }
}

/// An open stream.
pub struct Events {
    chunks: Box<dyn Stream<Item = Vec<u8>> + Send + Unpin>,
    buffer: Vec<u8>,
}

impl Events {
    /// Reads a response.
    pub fn new(response: reqwest::Response) -> Self {
        // A cut connection ends the stream like any other end.
        let chunks = response.bytes_stream().take_while(|chunk| std::future::ready(chunk.is_ok()));
        let chunks = chunks.filter_map(|chunk| std::future::ready(chunk.ok())).map(|chunk| chunk.to_vec());
        Self { chunks: Box::new(Box::pin(chunks)), buffer: Vec::new() }
    }

    /// The next event; `None` when the stream has ended.
    pub async fn try_next(&mut self) -> Option<Event> {
        timeout(PATIENCE, self.read()).await.expect("the stream says something in time")
    }

    /// The next event.
    pub async fn next(&mut self) -> Event {
        self.try_next().await.expect("the stream goes on")
    }

    /// Waits for the stream's end.
    pub async fn end(mut self) {
        while self.try_next().await.is_some() {}
    }

    async fn read(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                if let Some(event) = parse(&String::from_utf8(block).expect("UTF-8")) {
                    return Some(event);
                }
                continue;
            }
            self.buffer.extend(self.chunks.next().await?);
        }
    }
}

fn parse(block: &str) -> Option<Event> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let data = field("data")?;
    assert_eq!(field("event"), None, "events have no name: {block}");
    let id = field("id").expect("every event has an id").parse().expect("the id is a number");
    Some(Event { id, event: serde_json::from_str(data).expect("the data is a live event") })
}
