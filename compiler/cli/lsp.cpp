#include <array>
#include <cerrno>
#include <filesystem>
#include <string>

#include <poll.h>
#include <unistd.h>

#include "compiler/cli/command.h"
#include "compiler/lsp/framing.h"
#include "compiler/lsp/server.h"
#include "schema/base/failure.h"
#include "schema/source/file_system.h"

namespace fedgate::cli {

namespace {

// Whether a byte, or the end, can be read at once.
auto is_readable() -> bool {
  pollfd input = {STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) != 0;
}

// Gives the server all messages that have arrived whole. False where the stream is broken.
auto receive_all(lsp::FrameReader& reader, lsp::Server& server) -> bool {
  while (!server.exit_status()) {
    const auto frame = reader.next();
    if (!frame) {
      return true;
    }
    switch (frame->kind) {
      case lsp::Frame::Kind::message:
        server.receive(frame->text);
        break;
      case lsp::Frame::Kind::skipped:
        server.receive_too_large();
        break;
      case lsp::Frame::Kind::broken:
        print_error("fedgate: lsp: " + frame->text + "\n");
        return false;
    }
  }
  return true;
}

void send_all(lsp::Server& server) {
  for (const std::string& message : server.take_output()) {
    print(lsp::framed(message));
  }
}

struct LspOptions {
  SpecOptions spec;
  bool talks_over_streams = false;
};

auto serve(const SpecOptions& options) -> int {
  const source::RealFileSystem disk;
  lsp::ServerOptions server_options;
  // Editors name files by their absolute paths.
  for (const std::string& path : options.rules) {
    server_options.rules.push_back(
        std::filesystem::absolute(path).lexically_normal().generic_string());
  }
  if (!options.as_of.empty()) {
    server_options.as_of = day_of(options);
  }
  lsp::Server server(disk, std::move(server_options));
  lsp::FrameReader reader;
  std::array<char, 65'536> buffer{};
  while (!server.exit_status()) {
    const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      // The client is gone without `exit`.
      return kFindings;
    }
    reader.feed({buffer.data(), static_cast<std::size_t>(count)});
    const bool is_sound = receive_all(reader, server);
    if (!is_readable()) {
      server.settle();
    }
    send_all(server);
    if (!is_sound) {
      return kFailure;
    }
  }
  return *server.exit_status() == 0 ? kClean : kFindings;
}

}  // namespace

void add_lsp(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("lsp", "language server for editors, on standard input and output");
  auto options = std::make_shared<LspOptions>();
  add_packs_option(*command, options->spec.rules);
  command->add_option("--as-of", options->spec.as_of, "the day that dated rules use [today, UTC]")
      ->type_name("DATE");
  // Editors name the transport; there is no other.
  command->add_flag("--stdio", options->talks_over_streams,
                    "accepted and without effect: there is no other way to talk");
  command->callback(
      [options, &selection] { selection.run = [options] { return serve(options->spec); }; });
}

}  // namespace fedgate::cli
