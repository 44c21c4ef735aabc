//! The `arende` program: hands over to the command line.

/// Much of a request's time goes to small pieces of memory; this allocator hands them out faster than the
/// system's (docs/PERFORMANCE.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    arende::cli::run()
}
