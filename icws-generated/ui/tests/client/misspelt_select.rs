//! A property that the object does not have is selected.

icws_generated::bindings!(inline: r##"
    icws: 1
    namespace: house
    objects:
      door: { properties: { name: { type: string, required: true } } }
      doors: { properties: { items: { type: list door } } }
    resources:
      /icws/doors:
        GET:
          name: list
          parameters:
            - { name: select, in: query, type: list string }
            - { name: Range, in: header, type: string }
          replies: { 200: { body: doors } }
"##);

fn main() {
    let _ = house::List::builder().select([house::Door::NAEM]).build();
}
