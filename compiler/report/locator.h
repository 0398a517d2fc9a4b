// Lines and columns of findings, with one line table for each file.
#pragma once

#include <unordered_map>

#include "schema/source/source_file.h"

namespace fedgate::report {

class Locator {
 public:
  explicit Locator(const source::Sources& sources) : sources_(&sources) {}

  // Of a known span.
  struct Region {
    source::Position begin;
    source::Position end;
  };
  [[nodiscard]] auto region(const source::Span& where) -> Region {
    const source::LineTable& table = lines(where.file);
    return {table.position(where.begin), table.position(where.end)};
  }

  [[nodiscard]] auto lines(source::FileId file) -> const source::LineTable& {
    return tables_.try_emplace(file, (*sources_)[file].text).first->second;
  }

 private:
  const source::Sources* sources_;
  std::unordered_map<source::FileId, source::LineTable> tables_;
};

}  // namespace fedgate::report
