//! Servers that do not do as they should.

use std::time::Duration;

use icws_generated::client::{MessageMode, TransportErrorKind};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::fake::{Answer, Fake, credentials};

const MINUTE: Duration = Duration::from_secs(60);

fn with_events() -> Fake {
    let fake = Fake::new();
    fake.state().features = vec![("connection", 11), ("interactions", 8), ("messaging", 2)];
    fake
}

fn open_stream(fake: &Fake) -> mpsc::UnboundedSender<Result<String, TransportErrorKind>> {
    let (events, receiver) = mpsc::unbounded_channel();
    fake.state().poll.push_back(Answer::Events(receiver));
    events
}

#[tokio::test(start_paused = true)]
async fn no_time_is_too_long() {
    for mode in [MessageMode::Auto, MessageMode::Polling] {
        let fake = with_events();
        let events = open_stream(&fake);
        events.send(Ok(":ping\n\n".to_owned())).unwrap();
        let client = fake
            .builder()
            .request_timeout(Duration::MAX)
            .deadline(Duration::MAX)
            .backoff(Duration::MAX, Duration::MAX)
            .poll_interval(Duration::MAX)
            .stream_silence(Duration::MAX)
            .message_mode(mode)
            .build()
            .unwrap();
        let session = client.connect(credentials()).await.unwrap();
        let mut watch = session.watch_callback("2001").await.unwrap();
        assert!(timeout(MINUTE, watch.next()).await.is_err());
        assert_eq!(session.end(), None);
    }
}
