mod one {
    icws_generated::bindings!(shipped, only: messaging);
}
mod two {
    icws_generated::bindings!(shipped, only: [messaging.]);
}
mod three {
    icws_generated::bindings!(shipped, only: [2]);
}

fn main() {}
