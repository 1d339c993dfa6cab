//! Properties that the object does not have are selected, and a text.

icws_generated::bindings!(inline: r##"
    icws: 1
    namespace: house
    objects:
      door: { properties: { name: { type: string, required: true } } }
      window: { properties: { pane: { type: string } } }
      windows: { properties: { items: { type: list window } } }
      doors: { properties: { items: { type: list door } } }
    resources:
      /icws/doors:
        GET:
          name: list
          parameters:
            - { name: select, in: query, type: list string }
            - { name: Range, in: header, type: string }
          replies: { 200: { body: doors } }
      /icws/windows:
        GET:
          name: listWindows
          parameters:
            - { name: select, in: query, type: list string }
            - { name: Range, in: header, type: string }
          replies: { 200: { body: windows } }
"##);

fn main() {
    let _ = house::List::builder().select([house::Door::NAEM]).build();
    let _ = house::List::builder().select([house::Window::PANE]).build();
    let _ = house::List::builder().select(["name"]).build();
}
