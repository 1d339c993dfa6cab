//! The console of the mock server in a real browser. `set-up.sh` gets what that takes.

mod access;
mod browser;
mod buttons;
mod calls;
mod control;
mod entries;
mod faults;
mod hostile;
mod odd;
mod pictures;
mod traffic;
mod world;

/// One after the other in the same browser.
#[tokio::test]
async fn clients_see_what_the_page_does() {
    let browser = browser::Browser::start().await;
    calls::a_call_that_the_page_lets_ring_is_seen_by_a_client_and_goes_its_way(&browser).await;
    calls::a_message_that_is_written_by_the_form_of_its_type_comes_to_the_session(&browser).await;
    buttons::every_button_of_an_entry_a_callback_and_a_session_does_what_it_says(&browser).await;
    faults::a_fault_that_the_page_sets_is_met_by_a_client_and_told_in_the_traffic(&browser).await;
    browser.close().await;
}
