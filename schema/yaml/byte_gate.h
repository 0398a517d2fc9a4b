// What is checked on the bytes of a file before any parser sees them. Private to schema/yaml.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/source/span.h"

namespace fedgate::yaml {

struct GateResult {
  // Whether a parser may read the text.
  bool passed = false;
  // Where the text proper begins: after a UTF-8 byte order mark.
  std::uint32_t begin = 0;
};

// Size, encoding and byte order mark: for YAML and JSON alike.
[[nodiscard]] auto check_encoding(source::FileId file, std::string_view text, std::uint32_t most,
                                  diag::Sink& sink) -> GateResult;

// The characters that YAML allows (YAML 1.2.2, section 5.1), line ends, and that there is any
// content at all. `begin` as in GateResult. Returns whether a parser may read the text.
[[nodiscard]] auto check_characters(source::FileId file, std::string_view text, std::uint32_t begin,
                                    diag::Sink& sink) -> bool;

// The directives before the document; `%YAML` is let pass.
void check_directives(source::FileId file, std::string_view text, std::uint32_t begin,
                      diag::Sink& sink);

// The offsets of the tabs in the leading white space of lines that have content: suspects, which
// the reader clears where they stand inside a scalar or inside brackets. At most one for each line.
[[nodiscard]] auto find_leading_tabs(std::string_view text, std::uint32_t begin)
    -> std::vector<std::uint32_t>;

}  // namespace fedgate::yaml
