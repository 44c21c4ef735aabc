//! The `arende` program: hands over to the command line.

fn main() -> std::process::ExitCode {
    arende::cli::run()
}
