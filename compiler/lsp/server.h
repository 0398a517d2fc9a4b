// The language server: one message in, any number out. Reads no stream; the command line does that
// (compiler/cli/lsp.cpp).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/lsp/features.h"
#include "compiler/lsp/workspace.h"

namespace fedgate::lsp {

struct ServerOptions {
  std::vector<std::string> rules;
  std::optional<value::Date> as_of;
};

class Server {
 public:
  // `disk` outlives the server.
  Server(const source::FileSystem& disk, ServerOptions options)
      : workspace_(disk), options_(std::move(options)) {}

  // Takes the content of one message. What is to be sent gathers until take_output().
  void receive(std::string_view content);
  // A message was too large and has been passed over.
  void receive_too_large();
  // Analyzes what has changed and publishes diagnostics. Called when no further message waits, so
  // that a burst of changes is analyzed once.
  void settle();
  [[nodiscard]] auto has_changes() const -> bool { return workspace_.has_changes(); }

  // The messages to send, in their order.
  [[nodiscard]] auto take_output() -> std::vector<std::string>;
  // Set after `exit`: the status to end with, 0 where `shutdown` came before, else 1.
  [[nodiscard]] auto exit_status() const -> std::optional<int> { return exit_status_; }

 private:
  using Json = nlohmann::json;
  enum class State : std::uint8_t { fresh, running, shut_down };

  void receive_request(const std::string& method, const Json& id, const Json& params);
  void receive_notification(const std::string& method, const Json& params);
  auto answer(const std::string& method, const Json& params, Json& result) -> bool;
  auto initialize(const Json& params) -> Json;
  void read_options(const Json& params);
  void open(const Json& params);
  void change(const Json& params);
  void close(const Json& params);
  void publish(const std::string& path, const Json& diagnostics);
  // Says why a spec could not be checked, in each of its open files.
  void publish_failure(const Unit& unit, std::set<std::string>& shown);
  // Asks the client to tell of files that change outside of it.
  void watch_files();
  void log(std::string_view message);
  [[nodiscard]] auto client() const -> Client;
  void send(const Json& message);
  void send_result(const Json& id, const Json& result);
  void send_error(const Json& id, int code, std::string_view message);

  Workspace workspace_;
  ServerOptions options_;
  Encoding encoding_ = Encoding::utf16;
  State state_ = State::fresh;
  std::optional<int> exit_status_;
  std::vector<std::string> output_;
  // Files for which the client shows diagnostics of ours.
  std::set<std::string> shown_;
  // Why specs could not be checked, by root.
  std::map<std::string, std::string> failures_;
  // The client lets servers register for what it offers (LSP 3.17, client/registerCapability).
  bool can_watch_files_ = false;
};

}  // namespace fedgate::lsp
