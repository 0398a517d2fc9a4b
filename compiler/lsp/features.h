// What the language server tells of one document: from an analyzed spec to the structures of the
// Language Server Protocol 3.17.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/lsp/workspace.h"

namespace fedgate::lsp {

// How places and documents are written for this client.
struct Client {
  Encoding encoding = Encoding::utf16;
  // The client's own spelling of the URIs of open documents, by path.
  std::map<std::string, std::string> uris;

  [[nodiscard]] auto uri_of(const std::string& path) const -> std::string;
};

// The diagnostics of every file of the spec, by path; files without any have an empty list. The
// findings are those of `check`; waived ones are hints.
[[nodiscard]] auto diagnostics(const Unit& unit, const Client& client)
    -> std::map<std::string, nlohmann::json>;

// What is known of the place: its findings explained, or the rule that a waiver names, or the key.
// Null where there is nothing to say.
[[nodiscard]] auto hover(const Unit& unit, const Client& client, const std::string& path,
                         const Position& position) -> nlohmann::json;

// The fixes of findings in the range, and one action with all fixes of the file. `only` are the
// kinds that the client asks for; empty: all.
[[nodiscard]] auto code_actions(const Unit& unit, const Client& client, const std::string& path,
                                const Position& begin, const Position& end,
                                const std::vector<std::string>& only) -> nlohmann::json;

// Where the certificate that stands at the place is defined. Null where no reference stands there.
[[nodiscard]] auto definition(const Unit& unit, const Client& client, const std::string& path,
                              const Position& position) -> nlohmann::json;

}  // namespace fedgate::lsp
