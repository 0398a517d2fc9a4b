// The server without a process around it; tests/e2e/language_server.mjs has the rest.
#include "compiler/lsp/server.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

using namespace fedgate;
using nlohmann::json;

namespace {

class Session {
 public:
  explicit Session(std::map<std::string, std::string> files = {},
                   std::vector<std::string> rules = {}, const json& capabilities = json::object())
      : disk_(std::move(files)),
        server_(disk_, {std::move(rules), *value::Date::parse("2026-11-22")}) {
    send({{"id", 1},
          {"method", "initialize"},
          {"params", {{"rootUri", "file:///work"}, {"capabilities", capabilities}}}});
  }

  // The messages that the server sends for this one.
  auto send(json message) -> std::vector<json> {
    message["jsonrpc"] = "2.0";
    server_.receive(message.dump());
    server_.settle();
    std::vector<json> answers;
    for (const std::string& text : server_.take_output()) {
      answers.push_back(json::parse(text));
    }
    return answers;
  }

  auto open(const std::string& uri, const std::string& text) -> std::vector<json> {
    return send({{"method", "textDocument/didOpen"},
                 {"params", {{"textDocument", {{"uri", uri}, {"version", 1}, {"text", text}}}}}});
  }

  auto change(const std::string& uri, int version, const json& changes) -> std::vector<json> {
    return send(
        {{"method", "textDocument/didChange"},
         {"params",
          {{"textDocument", {{"uri", uri}, {"version", version}}}, {"contentChanges", changes}}}});
  }

 private:
  source::MemoryFileSystem disk_;
  lsp::Server server_;
};

auto codes(const json& notification) -> std::vector<std::string> {
  std::vector<std::string> all;
  for (const json& one : notification["params"]["diagnostics"]) {
    all.push_back(one["code"]);
  }
  return all;
}

constexpr std::string_view kUri = "untitled:spec";

}  // namespace

TEST_CASE("Each version of a document has its diagnostics", "[lsp]") {
  Session session;
  const std::string uri(kUri);
  const std::string text =
      "fedgate: 1\ngateway: {name: edge, domains: [a.example], access_edge: {fqdn: "
      "sip.a.example}}\n"
      "partners: [{domain: b.example, type: federated}]\n";
  auto sent = session.open(uri, text);
  REQUIRE(sent.size() == 1);
  CHECK(sent[0]["method"] == "textDocument/publishDiagnostics");
  CHECK(sent[0]["params"]["uri"] == uri);
  CHECK(sent[0]["params"]["version"] == 1);
  CHECK(codes(sent[0]).empty());

  // Incremental: `federated` becomes `federate`, then back in two steps of one notification.
  const auto edit = [](int from, int to, const std::string& fresh) {
    return json{{"range",
                 {{"start", {{"line", 2}, {"character", from}}},
                  {"end", {{"line", 2}, {"character", to}}}}},
                {"text", fresh}};
  };
  sent = session.change(uri, 2, json::array({edit(45, 46, "")}));
  REQUIRE(sent.size() == 1);
  CHECK(sent[0]["params"]["version"] == 2);
  CHECK(codes(sent[0]) == std::vector<std::string>{"SPC003"});
  sent = session.change(uri, 3, json::array({edit(45, 45, "x"), edit(45, 46, "d")}));
  REQUIRE(sent.size() == 1);
  CHECK(codes(sent[0]).empty());
}

TEST_CASE("A broken buffer is diagnosed and a closed one is cleared", "[lsp]") {
  Session session;
  auto sent = session.open(std::string(kUri), "fedgate: 1\ngateway: [\n");
  REQUIRE(sent.size() == 1);
  CHECK(!codes(sent[0]).empty());
  sent = session.send(
      {{"method", "textDocument/didClose"}, {"params", {{"textDocument", {{"uri", kUri}}}}}});
  REQUIRE(!sent.empty());
  CHECK(codes(sent[0]).empty());
}

TEST_CASE("A spec that could not be checked says so where it is open", "[lsp]") {
  Session session({}, {"/work/rules.yaml"});
  const auto sent = session.open(std::string(kUri), "fedgate: 1\n");
  REQUIRE(sent.size() == 2);
  CHECK(sent[0]["method"] == "window/logMessage");
  const json& diagnostics = sent[1]["params"]["diagnostics"];
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0]["severity"] == 1);
  CHECK(diagnostics[0]["message"] ==
        "`untitled:spec` could not be checked: `/work/rules.yaml` does not exist");
}

TEST_CASE("A client that can watch files is asked to", "[lsp]") {
  const json initialized = {{"method", "initialized"}, {"params", json::object()}};
  CHECK(Session().send(initialized).empty());
  Session session({}, {},
                  {{"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", true}}}}}});
  const auto sent = session.send(initialized);
  REQUIRE(sent.size() == 1);
  CHECK(sent[0]["method"] == "client/registerCapability");
  CHECK(sent[0]["params"]["registrations"][0]["method"] == "workspace/didChangeWatchedFiles");
  // Its answer is taken in silence.
  CHECK(session.send({{"id", sent[0]["id"]}, {"result", nullptr}}).empty());
}

TEST_CASE("What is no spec has no diagnostics", "[lsp]") {
  Session session;
  CHECK(session.open("untitled:other", "services:\n  web: {image: x}\n").empty());
}

TEST_CASE("An answer is about the newest text", "[lsp]") {
  Session session;
  const std::string uri(kUri);
  session.open(uri, "fedgate: 1\n");
  session.change(uri, 2, json::array({{{"text", "fedgate: 1\npartner: []\n"}}}));
  const auto sent = session.send(
      {{"id", 7},
       {"method", "textDocument/codeAction"},
       {"params",
        {{"textDocument", {{"uri", uri}}},
         {"range",
          {{"start", {{"line", 1}, {"character", 0}}}, {"end", {{"line", 1}, {"character", 1}}}}},
         {"context", {{"diagnostics", json::array()}}}}}});
  REQUIRE(sent.size() == 1);
  const json& action = sent[0]["result"][0];
  CHECK(action["title"] == "rename it to `partners` (SPC001)");
  CHECK(action["edit"]["changes"][uri][0]["newText"] == "partners");
}
