//! Lists that come page by page.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::StatusCode;
use http::header::CONTENT_RANGE;

use super::error::ClientError;
use super::session::Session;
use crate::Message;
use crate::runtime::__private1::PagedOperation;
use crate::runtime::{Request, Response, Union};

/// Servers give so many items at a time when properties are selected.
const PAGE: usize = 200;

type ItemOf<E> = <<E as Request>::Operation as PagedOperation>::Item;
type Fetching<T> = Pin<Box<dyn Future<Output = Result<Option<Page<T>>, ClientError>> + Send>>;

/// The items of a list, in order, as a [`Stream`]. The next page is asked for when
/// its first item is. After an error nothing follows.
///
/// The server makes no snapshot: an item that is added or removed while pages are
/// read may come twice, or not at all.
///
/// ```no_run
/// use icws_generated::client::{Client, Credentials};
///
/// mod icws {
///     icws_generated::bindings!(shipped, only: [configuration.users]);
/// }
/// use icws::configuration::users::{List, User};
///
/// async fn list(client: &Client, who: Credentials) -> Result<(), Box<dyn std::error::Error>> {
///     let session = client.connect_as::<icws::Message>(who).await?;
///     let mut users = session.pages(List::builder().select([User::EXTENSION]).build());
///     while let Some(user) = users.next().await {
///         println!("{:?}", user?.extension);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "nothing is asked for until it is read"]
pub struct Pages<E, M = Message>
where
    E: Request<Operation: PagedOperation>,
    M: Union + Clone + Send + Sync,
{
    session: Session<M>,
    list: E,
    items: VecDeque<ItemOf<E>>,
    fetching: Option<Fetching<ItemOf<E>>>,
    /// Where the next page begins.
    start: usize,
    received: usize,
    ended: bool,
    /// The first item of the page before, of a server that says no ranges: it sends
    /// the same again.
    first: Option<ItemOf<E>>,
}

/// A page, with what the server says of it.
struct Page<T> {
    items: Vec<T>,
    range: Option<Range>,
}

/// What `Content-Range: items 0-199/431` says.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    last: usize,
    total: Option<usize>,
}

impl Range {
    fn read(text: &str) -> Option<Range> {
        let text = text.trim().strip_prefix("items")?;
        let text = text.trim_start_matches([' ', '=']);
        let (range, total) = text.split_once('/')?;
        let (_, last) = range.split_once('-')?;
        Some(Range {
            last: last.trim().parse().ok()?,
            total: total.trim().parse().ok(),
        })
    }
}

impl<M: Union + Clone + Send + Sync> Session<M> {
    /// Returns the items of a list page by page, as many as there are.
    ///
    /// ```no_run
    /// # #[cfg(feature = "full")]
    /// # async fn run(session: icws_generated::client::Session) -> Result<(), icws_generated::client::ClientError> {
    /// use icws_generated::configuration::users::{List, User};
    ///
    /// let list = List::builder().select([User::CONFIGURATION_ID, User::EXTENSION]).build();
    /// let mut users = session.pages(list);
    /// while let Some(user) = users.next().await {
    ///     println!("{:?}", user?.extension);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<E>(&self, list: E) -> Pages<E, M>
    where
        E: Request<Operation: PagedOperation> + Clone + Send + Sync + 'static,
    {
        Pages {
            session: self.clone(),
            list,
            items: VecDeque::new(),
            fetching: None,
            start: 0,
            received: 0,
            ended: false,
            first: None,
        }
    }
}

impl<E, M> Pages<E, M>
where
    E: Request<Operation: PagedOperation<Item: Send>> + Clone + Send + Sync + 'static,
    M: Union + Clone + Send + Sync,
{
    /// Returns the next item, or `None` after the last. Cancel safe: dropping the
    /// future loses no item.
    ///
    /// See the example of [`Pages`].
    ///
    /// # Errors
    /// As [`Session::call`].
    pub async fn next(&mut self) -> Option<Result<ItemOf<E>, ClientError>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<ItemOf<E>, ClientError>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let (session, list, start) = (&self.session, &self.list, self.start);
            let fetching = self
                .fetching
                .get_or_insert_with(|| Box::pin(fetch(session.clone(), list.clone(), start)));
            let page = ready!(fetching.as_mut().poll(context));
            self.fetching = None;
            match page {
                Ok(page) => self.take(page),
                Err(error) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    fn take(&mut self, page: Option<Page<ItemOf<E>>>) {
        let Some(page) = page.filter(|page| !page.items.is_empty()) else {
            self.ended = true;
            return;
        };
        self.received += page.items.len();
        match page.range {
            // Whether servers count from 0 or 1 is on no page: what this one says
            // counts. Without a total an empty page is the end, as is one that goes no
            // further than those before.
            Some(range) => {
                let next = range.last.saturating_add(1);
                if range.total.is_none() && next <= self.start {
                    self.ended = true;
                    return;
                }
                self.start = next;
                self.ended = range.total.is_some_and(|total| self.received >= total);
            }
            None => {
                let first = page.items.first().cloned();
                if self.first == first {
                    self.ended = true;
                    return;
                }
                self.first = first;
                self.start += page.items.len();
                // Fewer, or more: all that there is.
                self.ended = page.items.len() != PAGE;
            }
        }
        self.items.extend(page.items);
    }
}

/// Fetches a page; `None` where the list ends before it.
async fn fetch<E, M>(
    session: Session<M>,
    mut list: E,
    start: usize,
) -> Result<Option<Page<ItemOf<E>>>, ClientError>
where
    E: Request<Operation: PagedOperation>,
    M: Union + Clone + Send + Sync,
{
    let range = format!("items={start}-{}", start.saturating_add(PAGE - 1));
    if let Some(parameter) = list.parameter_mut(<E::Operation as PagedOperation>::RANGE) {
        // Any text is one for a text.
        let _ = parameter.read_text(&range);
    }
    let response = session.exchange_request(&list).await?;
    if start > 0 && response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        return Ok(None);
    }
    let range = response.headers().get(CONTENT_RANGE);
    let range = range.and_then(|range| Range::read(range.to_str().ok()?));
    let page = E::parse(response)?.into_result()?;
    Ok(Some(Page {
        items: <E::Operation as PagedOperation>::items(page),
        range,
    }))
}

impl<E, M> Stream for Pages<E, M>
where
    E: Request<Operation: PagedOperation<Item: Send>> + Clone + Send + Sync + 'static,
    M: Union + Clone + Send + Sync,
{
    type Item = Result<ItemOf<E>, ClientError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<E, M> Unpin for Pages<E, M>
where
    E: Request<Operation: PagedOperation>,
    M: Union + Clone + Send + Sync,
{
}

impl<E, M> fmt::Debug for Pages<E, M>
where
    E: Request<Operation: PagedOperation>,
    M: Union + Clone + Send + Sync,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &E::META.id)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_a_page_is_read() {
        let range = |last, total| Some(Range { last, total });
        assert_eq!(Range::read("items 0-199/431"), range(199, Some(431)));
        assert_eq!(Range::read("items 200-399/*"), range(399, None));
        assert_eq!(Range::read("items=1-2/2"), range(2, Some(2)));
        assert_eq!(Range::read("items */0"), None);
        assert_eq!(Range::read("bytes 1-2/3"), None);
    }
}
