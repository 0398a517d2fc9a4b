// The fedgate command.
#include "compiler/cli/cli.h"

auto main(int argc, char** argv) -> int { return fedgate::cli::run(argc, argv); }
