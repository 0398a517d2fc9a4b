// The command line: parses arguments, runs one command, and turns what happens into an exit status.
#pragma once

namespace fedgate::cli {

// Exit status of every command (design: never a silent pass).
enum ExitStatus : int {
  kClean = 0,
  kFindings = 1,
  kUsage = 2,
  kFailure = 3,
};

// Runs the command that the arguments name. Results go to standard output, everything said about
// the run to standard error.
[[nodiscard]] auto run(int argc, char** argv) -> int;

}  // namespace fedgate::cli
