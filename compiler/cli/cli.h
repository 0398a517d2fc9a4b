// The command line: parses arguments, runs one command, and turns what happens into an exit status.
#pragma once

namespace fedgate::cli {

// Exit status of every command (design: never a silent pass).
inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFailure = 3;

// Runs the command that the arguments name. Results go to standard output, everything said about
// the run to standard error.
[[nodiscard]] auto run(int argc, char** argv) -> int;

}  // namespace fedgate::cli
