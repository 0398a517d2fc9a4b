#include "compiler/lsp/server.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "compiler/lsp/uri.h"
#include "schema/base/version.h"

namespace fedgate::lsp {

namespace {

using nlohmann::json;

// Error codes of JSON-RPC 2.0, section 5.1, and of LSP 3.17.
constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kInvalidParams = -32602;
constexpr int kNotInitialized = -32002;

// A client may send anything, so nothing is taken for granted: each of these gives a value of its
// type or nothing.
auto member(const json& object, const char* name) -> const json& {
  static const json kNothing;
  if (!object.is_object()) {
    return kNothing;
  }
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

auto text(const json& value) -> std::optional<std::string> {
  return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

auto number(const json& value) -> std::optional<std::uint32_t> {
  if (!value.is_number_unsigned() ||
      value.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max()) {
    return std::nullopt;
  }
  return value.get<std::uint32_t>();
}

auto version_of(const json& value) -> std::int64_t {
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

auto position_of(const json& value) -> std::optional<Position> {
  const auto line = number(member(value, "line"));
  const auto character = number(member(value, "character"));
  return line && character ? std::optional(Position{*line, *character}) : std::nullopt;
}

auto path_of(const json& params) -> std::optional<std::string> {
  const auto uri = text(member(member(params, "textDocument"), "uri"));
  return uri ? std::optional(to_path(*uri)) : std::nullopt;
}

auto texts(const json& list) -> std::vector<std::string> {
  std::vector<std::string> all;
  if (list.is_array()) {
    for (const json& item : list) {
      if (auto one = text(item)) {
        all.push_back(*std::move(one));
      }
    }
  }
  return all;
}

// The first encoding that the client names and that is known here; without a list it is UTF-16.
auto choose_encoding(const json& params) -> Encoding {
  const json& general = member(member(params, "capabilities"), "general");
  for (const std::string& name : texts(member(general, "positionEncodings"))) {
    if (name == "utf-8") {
      return Encoding::utf8;
    }
    if (name == "utf-16") {
      return Encoding::utf16;
    }
    if (name == "utf-32") {
      return Encoding::utf32;
    }
  }
  return Encoding::utf16;
}

auto encoding_name(Encoding encoding) -> std::string_view {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::utf32:
      return "utf-32";
    case Encoding::utf16:
      break;
  }
  return "utf-16";
}

// Applies the changes of one notification; none where one of them cannot be read.
auto changed_text(std::string current, const json& changes, Encoding encoding)
    -> std::optional<std::string> {
  if (!changes.is_array()) {
    return std::nullopt;
  }
  for (const json& change : changes) {
    auto fresh = text(member(change, "text"));
    if (!fresh) {
      return std::nullopt;
    }
    const json& range = member(change, "range");
    if (range.is_null()) {
      current = *std::move(fresh);
      continue;
    }
    const auto start = position_of(member(range, "start"));
    const auto end = position_of(member(range, "end"));
    if (!start || !end) {
      return std::nullopt;
    }
    const TextIndex index(current, encoding);
    const std::uint32_t from = index.offset(*start);
    const std::uint32_t to = index.offset(*end);
    current.replace(from, std::max(from, to) - from, *fresh);
  }
  return current;
}

}  // namespace

void Server::send(const json& message) {
  output_.push_back(message.dump(-1, ' ', false, json::error_handler_t::replace));
}

void Server::send_result(const json& id, const json& result) {
  send({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
}

void Server::send_error(const json& id, int code, std::string_view message) {
  send({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}});
}

void Server::log(std::string_view message) {
  constexpr int kError = 1;
  send({{"jsonrpc", "2.0"},
        {"method", "window/logMessage"},
        {"params", {{"type", kError}, {"message", message}}}});
}

auto Server::take_output() -> std::vector<std::string> { return std::exchange(output_, {}); }

auto Server::client() const -> Client {
  Client client{encoding_, {}};
  for (const auto& [path, document] : workspace_.documents()) {
    client.uris.emplace(path, document.uri);
  }
  return client;
}

void Server::receive_too_large() {
  send_error(nullptr, kInvalidRequest, "the message is larger than this server takes");
}

void Server::receive(std::string_view content) {
  const json message = json::parse(content.begin(), content.end(), nullptr, false);
  if (message.is_discarded()) {
    send_error(nullptr, kParseError, "the message is not JSON");
    return;
  }
  const json& id = member(message, "id");
  const auto method = text(member(message, "method"));
  if (!message.is_object() || member(message, "jsonrpc") != "2.0" ||
      !(id.is_null() || id.is_string() || id.is_number_integer())) {
    send_error(nullptr, kInvalidRequest, "the message is no JSON-RPC 2.0 message");
    return;
  }
  if (!method) {
    // The answer to our one request, watch_files(): without it, files are read again when one is
    // saved.
    return;
  }
  const json& params = member(message, "params");
  if (message.contains("id")) {
    receive_request(*method, id, params);
  } else {
    receive_notification(*method, params);
  }
}

void Server::receive_request(const std::string& method, const json& id, const json& params) {
  if (state_ == State::shut_down) {
    send_error(id, kInvalidRequest, "the server was told to shut down");
    return;
  }
  if (method == "initialize") {
    if (state_ != State::fresh) {
      send_error(id, kInvalidRequest, "the server is initialized already");
      return;
    }
    state_ = State::running;
    send_result(id, initialize(params));
    return;
  }
  if (state_ == State::fresh) {
    send_error(id, kNotInitialized, "`initialize` comes first");
    return;
  }
  if (method == "shutdown") {
    state_ = State::shut_down;
    send_result(id, nullptr);
    return;
  }
  json result;
  if (answer(method, params, result)) {
    send_result(id, result);
  } else if (method == "textDocument/hover" || method == "textDocument/codeAction" ||
             method == "textDocument/definition") {
    send_error(id, kInvalidParams, "the parameters name no document and place");
  } else {
    send_error(id, kMethodNotFound, fmt::format("there is no method `{}`", method));
  }
}

// False where the method is not known or its parameters cannot be read.
auto Server::answer(const std::string& method, const json& params, json& result) -> bool {
  const bool is_action = method == "textDocument/codeAction";
  const bool is_hover = method == "textDocument/hover";
  if (!is_action && !is_hover && method != "textDocument/definition") {
    return false;
  }
  const auto path = path_of(params);
  const json& range = member(params, "range");
  const auto begin = position_of(is_action ? member(range, "start") : member(params, "position"));
  const auto end = is_action ? position_of(member(range, "end")) : begin;
  if (!path || !begin || !end) {
    return false;
  }
  // An answer is always about the text that the client has.
  settle();
  const Unit* unit = workspace_.unit_of(*path);
  if (unit == nullptr || unit->analysis == nullptr) {
    result = is_action ? json::array() : json(nullptr);
  } else if (is_action) {
    result = code_actions(*unit, client(), *path, *begin, *end,
                          texts(member(member(params, "context"), "only")));
  } else {
    result = is_hover ? hover(*unit, client(), *path, *begin)
                      : definition(*unit, client(), *path, *begin);
  }
  return true;
}

void Server::read_options(const json& params) {
  WorkspaceOptions options;
  options.rules = options_.rules;
  options.as_of = options_.as_of;
  const json& folders = member(params, "workspaceFolders");
  if (folders.is_array()) {
    for (const json& folder : folders) {
      if (const auto uri = text(member(folder, "uri"))) {
        options.folders.push_back(to_path(*uri));
      }
    }
  }
  if (const auto root = text(member(params, "rootUri")); root && options.folders.empty()) {
    options.folders.push_back(to_path(*root));
  }
  for (std::string& folder : options.folders) {
    while (folder.size() > 1 && folder.ends_with('/')) {
      folder.pop_back();
    }
  }
  for (const std::string& path : texts(member(member(params, "initializationOptions"), "rules"))) {
    const bool is_relative = !path.starts_with('/') && !options.folders.empty();
    options.rules.push_back(is_relative ? options.folders.front() + "/" + path : path);
  }
  workspace_.configure(std::move(options));
}

auto Server::initialize(const json& params) -> json {
  encoding_ = choose_encoding(params);
  const json& workspace = member(member(params, "capabilities"), "workspace");
  can_watch_files_ =
      member(member(workspace, "didChangeWatchedFiles"), "dynamicRegistration") == true;
  read_options(params);
  constexpr int kIncremental = 2;
  return {{"capabilities",
           {{"positionEncoding", encoding_name(encoding_)},
            {"textDocumentSync",
             {{"openClose", true}, {"change", kIncremental}, {"save", {{"includeText", false}}}}},
            {"hoverProvider", true},
            {"definitionProvider", true},
            {"codeActionProvider", {{"codeActionKinds", {"quickfix", "source.fixAll.fedgate"}}}}}},
          {"serverInfo", {{"name", "fedgate"}, {"version", FEDGATE_VERSION}}}};
}

void Server::receive_notification(const std::string& method, const json& params) {
  if (method == "exit") {
    exit_status_ = state_ == State::shut_down ? 0 : 1;
    return;
  }
  if (state_ != State::running) {
    return;
  }
  if (method == "initialized") {
    watch_files();
  } else if (method == "textDocument/didOpen") {
    open(params);
  } else if (method == "textDocument/didChange") {
    change(params);
  } else if (method == "textDocument/didClose") {
    close(params);
  } else if (method == "textDocument/didSave" || method == "workspace/didChangeWatchedFiles") {
    workspace_.refresh();
  }
}

void Server::watch_files() {
  if (!can_watch_files_) {
    return;
  }
  constexpr std::string_view kMethod = "workspace/didChangeWatchedFiles";
  // Parts of specs and rule packs, and what files that they name are mostly called.
  constexpr std::string_view kFiles =
      "**/*.{yaml,yml,json,zone,db,pem,crt,cer,der,csr,req,p7b,p7c}";
  send({{"jsonrpc", "2.0"},
        {"id", "watch-files"},
        {"method", "client/registerCapability"},
        {"params",
         {{"registrations",
           {{{"id", "watch-files"},
             {"method", kMethod},
             {"registerOptions", {{"watchers", {{{"globPattern", kFiles}}}}}}}}}}}});
}

void Server::open(const json& params) {
  const json& document = member(params, "textDocument");
  const auto uri = text(member(document, "uri"));
  auto content = text(member(document, "text"));
  if (uri && content) {
    workspace_.open(to_path(*uri), {*uri, version_of(member(document, "version"))},
                    *std::move(content));
  }
}

void Server::change(const json& params) {
  const auto path = path_of(params);
  const std::string* current = path ? workspace_.text(*path) : nullptr;
  if (current == nullptr) {
    return;
  }
  const std::int64_t version = version_of(member(member(params, "textDocument"), "version"));
  if (version != 0 && version <= workspace_.documents().at(*path).version) {
    log(fmt::format("a change of `{}` came with an old version and was passed over", *path));
    return;
  }
  auto changed = changed_text(*current, member(params, "contentChanges"), encoding_);
  if (!changed) {
    log(fmt::format("a change of `{}` could not be read", *path));
    return;
  }
  workspace_.change(*path, version, *std::move(changed));
}

void Server::close(const json& params) {
  if (const auto path = path_of(params); path && workspace_.text(*path) != nullptr) {
    // The text that is not saved is gone, and with it what was said about it.
    publish(*path, json::array());
    shown_.erase(*path);
    workspace_.close(*path);
  }
}

void Server::publish(const std::string& path, const json& diagnostics) {
  json params = {{"uri", client().uri_of(path)}, {"diagnostics", diagnostics}};
  if (const auto document = workspace_.documents().find(path);
      document != workspace_.documents().end()) {
    params["version"] = document->second.version;
  }
  send({{"jsonrpc", "2.0"}, {"method", "textDocument/publishDiagnostics"}, {"params", params}});
}

void Server::publish_failure(const Unit& unit, std::set<std::string>& shown) {
  const std::string message = fmt::format("`{}` could not be checked: {}", unit.root, unit.failure);
  if (std::exchange(failures_[unit.root], unit.failure) != unit.failure) {
    log(message);
  }
  constexpr int kError = 1;
  const json start = {{"line", 0}, {"character", 0}};
  const json diagnostic = {{"range", {{"start", start}, {"end", start}}},
                           {"severity", kError},
                           {"source", "fedgate"},
                           {"message", message}};
  for (const auto& [path, document] : workspace_.documents()) {
    if (workspace_.unit_of(path) == &unit) {
      publish(path, json::array({diagnostic}));
      shown.insert(path);
    }
  }
}

void Server::settle() {
  if (!workspace_.has_changes() || state_ != State::running) {
    return;
  }
  const Client here = client();
  std::set<std::string> shown;
  for (const auto& [root, unit] : workspace_.update()) {
    if (!unit.failure.empty()) {
      publish_failure(unit, shown);
      continue;
    }
    failures_.erase(root);
    for (const auto& [path, list] : diagnostics(unit, here)) {
      if (!list.empty() || shown_.contains(path) || workspace_.documents().contains(path)) {
        publish(path, list);
      }
      if (!list.empty()) {
        shown.insert(path);
      }
    }
  }
  // What is in no spec any more keeps no diagnostics.
  for (const std::string& path : shown_) {
    const Unit* unit = workspace_.unit_of(path);
    const bool is_read =
        std::any_of(workspace_.update().begin(), workspace_.update().end(),
                    [&](const auto& entry) { return entry.second.file(path).has_value(); });
    if (!shown.contains(path) && unit == nullptr && !is_read) {
      publish(path, json::array());
    }
  }
  shown_ = std::move(shown);
}

}  // namespace fedgate::lsp
