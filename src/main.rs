//! The `arende` program: hands over to the command line.

fn main() {}
