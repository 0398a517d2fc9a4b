// The language server on any bytes: framing, messages, documents. Nothing may crash or hang, and
// every answer is a JSON-RPC message.
#include <cstddef>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "compiler/lsp/framing.h"
#include "compiler/lsp/server.h"
#include "schema/base/check.h"

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  using namespace fedgate;
  const source::MemoryFileSystem disk({});
  lsp::Server server(disk, {{}, *value::Date::parse("2026-11-22")});
  lsp::FrameReader reader(std::size_t{1} << 20U);
  reader.feed({reinterpret_cast<const char*>(data), size});
  while (const auto frame = reader.next()) {
    if (frame->kind == lsp::Frame::Kind::message) {
      server.receive(frame->text);
    } else if (frame->kind == lsp::Frame::Kind::skipped) {
      server.receive_too_large();
    }
    server.settle();
    for (const std::string& message : server.take_output()) {
      FEDGATE_CHECK(nlohmann::json::parse(message)["jsonrpc"] == "2.0", "no JSON-RPC message");
    }
  }
  return 0;
}
