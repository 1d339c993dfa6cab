//! HTTP: connections, the headers that all responses have, and the faults that
//! can only be had at this level.

mod body;
mod headers;
mod wire;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::{Buf, Bytes};
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use icws_generated::recording::{RecordedBody, Taping};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::answer::Reply;
use super::control::Control;
use super::endpoint::{self, guard};
use super::fault::Fault;
use super::record::{Answered, Began, RecordedRequest};
use super::refusal::Refusal;
use super::shared::Shared;
use super::traffic::{self, Live};
use body::{Events, Harm, ReplyBody};
use wire::{Scissors, Socket, Wire};

/// What some editors and libraries put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Serves a connection until one of its ends closes it.
pub(super) async fn connection(shared: Arc<Shared>, stream: TcpStream, peer: SocketAddr) {
    // Small responses are not worth waiting for more of them.
    let _ = stream.set_nodelay(true);
    let scissors = Arc::new(Scissors::default());
    let socket = Socket::new(stream);
    let request_time = shared.settings.chosen.request_time;
    let wire = Wire::new(socket.clone(), Arc::clone(&scissors));
    let service = service_fn(move |request| {
        let (shared, scissors) = (Arc::clone(&shared), Arc::clone(&scissors));
        let socket = socket.clone();
        async move { serve(shared, &scissors, socket, peer, request).await }
    });
    let mut builder = http1::Builder::new();
    // A client may close its side after its request, and wait for the response.
    builder.half_close(true);
    builder.timer(TokioTimer::new());
    builder.header_read_timeout(request_time);
    let connection = builder.serve_connection(TokioIo::new(wire), service);
    // That a client goes away is no concern of the others.
    let _ = connection.await;
}

/// The connection is closed without a response.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed without a response")
    }
}

impl std::error::Error for Closed {}

async fn serve(
    shared: Arc<Shared>,
    scissors: &Arc<Scissors>,
    socket: Socket,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<ReplyBody>, Closed> {
    let began = Began::now();
    let (head, body) = request.into_parts();
    let limit = shared.settings.chosen.body_limit;
    let time = shared.settings.chosen.request_time;
    let body = timeout(time, Limited::new(body, limit).collect()).await;
    let mut body = match body {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            return Ok(unread(&shared, began, head, Refusal::too_large(limit)));
        }
        Ok(Err(_)) => return Err(Closed),
        Err(_) => return Ok(unread(&shared, began, head, Refusal::too_slow(time))),
    };
    if body.starts_with(BYTE_ORDER_MARK) {
        body.advance(BYTE_ORDER_MARK.len());
    }
    let request = Request::from_parts(head, body);
    if let Some(pieces) = endpoint::pieces(request.uri().path()) {
        return Ok(control(shared, socket, peer, pieces, request).await);
    }
    if *request.method() == Method::OPTIONS {
        let response = headers::preflight(request.headers());
        let body = request.body().clone();
        return Ok(noted(&shared, began, &request, body, response));
    }
    let tape = shared.settings.chosen.tape.as_ref();
    let mut taping = tape.map(|tape| tape.request(&request, request.body().clone()));
    let handled = shared.handle(&request);
    let Some(reply) = handled.reply else {
        if let Some(taping) = taping {
            taping.failed("the connection was closed without a response");
        }
        if let Some(record) = handled.record {
            shared.traffic.exchange(began, record, None);
        }
        return Err(Closed);
    };
    let mut response = match reply {
        Reply::Whole(response) => {
            if handled.fault == Some(Fault::DropMidAnswer) {
                scissors.arm();
            }
            whole(response)
        }
        Reply::Events { session, reader } => {
            let harm = match handled.fault {
                Some(Fault::TruncateJson) => Some(Harm::Truncate),
                Some(Fault::DropMidAnswer) => Some(Harm::Cut),
                _ => None,
            };
            let stream = Events::new(
                Arc::clone(&shared),
                session,
                reader,
                (socket, Arc::clone(scissors)),
                harm,
            );
            events(ReplyBody::Events(Box::new(stream)))
        }
    };
    headers::add(request.headers(), response.headers_mut());
    if let Some(Fault::Delay(delay)) = handled.fault {
        tokio::time::sleep(delay).await;
    }
    // What waits is not there yet, and has taken as long as the client has waited.
    if let Some(record) = handled.record {
        note(&shared, began, record, &response);
    }
    if let Some(taping) = &mut taping {
        taping.answered(&response);
    }
    let cut = (handled.fault == Some(Fault::DropMidAnswer)).then_some("the response was cut");
    match response.body_mut() {
        ReplyBody::Events(events) => events.record(taping),
        ReplyBody::Whole(body) => record(taping, body.as_ref(), cut),
        ReplyBody::Live(..) => {}
    }
    Ok(response)
}

/// Answers a request to the control, which is recorded nowhere.
async fn control(
    shared: Arc<Shared>,
    socket: Socket,
    peer: SocketAddr,
    pieces: Vec<String>,
    request: Request<Bytes>,
) -> Response<ReplyBody> {
    let is_read = *request.method() == Method::GET;
    // What pages of other sites may read, too, if it is shipped with the server.
    let is_open = is_read
        && endpoint::is_document(&pieces)
        && shared.settings.loaded.is_none()
        && guard::is_for_this_machine(&request);
    let response = if !guard::admits(peer.ip()) {
        guard::stranger()
    } else if guard::is_foreign(&request) && !is_open {
        guard::foreign()
    } else if guard::is_unmarked(&request) {
        guard::unmarked()
    } else if is_read && traffic::is_live(&pieces) {
        let live = Live::new(shared, &request);
        return guard::guarded(events(ReplyBody::Live(Box::new(live), socket)));
    } else {
        endpoint::answer(Control::new(shared), pieces, request).await
    };
    guard::guarded(whole(response))
}

/// Records a response that is there as a whole, or was to be.
fn record(taping: Option<Taping>, body: Option<&Bytes>, cut: Option<&str>) {
    let Some(mut taping) = taping else {
        return;
    };
    if let Some(body) = body {
        taping.data(body);
    }
    match cut {
        Some(reason) => taping.failed(reason),
        None => taping.end(),
    }
}

/// A refusal of a request whose body is not read to its end.
fn unread(shared: &Shared, began: Began, request: Parts, refusal: Refusal) -> Response<ReplyBody> {
    let mut response = refusal.into_http();
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    if endpoint::pieces(request.uri.path()).is_some() {
        return guard::guarded(whole(response));
    }
    headers::add(&request.headers, response.headers_mut());
    let request = Request::from_parts(request, Bytes::new());
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    let body = RecordedBody::LeftOut {
        bytes: length.unwrap_or_default(),
        reason: "it was not read to its end",
    };
    noted(shared, began, &request, body, response)
}

/// Records the response to a request that is not carried out, and adds both to the traffic.
fn noted(
    shared: &Shared,
    began: Began,
    request: &Request<Bytes>,
    body: impl Into<RecordedBody>,
    response: Response<Bytes>,
) -> Response<ReplyBody> {
    if let Some(tape) = &shared.settings.chosen.tape {
        let mut taping = tape.request(request, body);
        taping.answered(&response);
        record(Some(taping), Some(response.body()), None);
    }
    let response = whole(response);
    if shared.traffic.is_on() {
        let request = RecordedRequest::new(request, shared.traffic.secrets());
        note(shared, began, request, &response);
    }
    response
}

/// Adds a request and its response to the traffic.
fn note(
    shared: &Shared,
    began: Began,
    mut request: RecordedRequest,
    response: &Response<ReplyBody>,
) {
    let status = response.status().as_u16();
    request.status = Some(status);
    let answer = Answered {
        status,
        headers: response.headers().clone(),
        body: response.body().known().cloned().unwrap_or_default(),
        streams: response.body().known().is_none(),
    };
    shared.traffic.exchange(began, request, Some(answer));
}

fn whole(response: Response<Bytes>) -> Response<ReplyBody> {
    response.map(|bytes| ReplyBody::Whole(Some(bytes)))
}

/// A response that is a stream of server-sent events.
fn events(body: ReplyBody) -> Response<ReplyBody> {
    let mut response = Response::new(body);
    let media = HeaderValue::from_static("text/event-stream; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, media);
    response
}
