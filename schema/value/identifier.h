// Small textual values: names of gateways and certificates, free text, names of environment
// variables, and paths inside the spec's folder.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "schema/value/value_error.h"

namespace fedgate::value {

// `[a-z0-9-]`, 1 to 63 characters, without a hyphen at either end: fit for a file name in every
// artifact.
class Name {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  Name() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<Name>;
  [[nodiscard]] auto text() const -> const std::string& { return text_; }

  friend auto operator==(const Name&, const Name&) -> bool = default;
  friend auto operator<=>(const Name&, const Name&) -> std::strong_ordering = default;

 private:
  explicit Name(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// One line of free text, not empty, without characters that a reader cannot see or that reorder a
// line: control characters (C0, DEL, C1), line and paragraph separators, bidirectional embeddings,
// overrides and isolates, noncharacters.
class Text {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  Text() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<Text>;
  [[nodiscard]] auto text() const -> const std::string& { return text_; }

  friend auto operator==(const Text&, const Text&) -> bool = default;
  friend auto operator<=>(const Text&, const Text&) -> std::strong_ordering = default;

 private:
  explicit Text(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// `[A-Za-z_][A-Za-z0-9_]*`, the portable name of an environment variable (POSIX.1-2017, base
// definitions, 8.1, widened by lower case).
class EnvironmentName {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  EnvironmentName() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<EnvironmentName>;
  [[nodiscard]] auto text() const -> const std::string& { return text_; }

  friend auto operator==(const EnvironmentName&, const EnvironmentName&) -> bool = default;
  friend auto operator<=>(const EnvironmentName&, const EnvironmentName&)
      -> std::strong_ordering = default;

 private:
  explicit EnvironmentName(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// A file below the spec's folder: relative and without a drive, with `/` between its components,
// none of which is `..`; the characters are those of Text. `.` and empty components are dropped.
// Symbolic links are looked at when the file is opened.
class RelativePath {
 public:
  // The empty value that stands where a spec has none; parse() never returns it.
  RelativePath() = default;

  [[nodiscard]] static auto parse(std::string_view text) -> Parsed<RelativePath>;
  [[nodiscard]] auto text() const -> const std::string& { return text_; }

  friend auto operator==(const RelativePath&, const RelativePath&) -> bool = default;
  friend auto operator<=>(const RelativePath&, const RelativePath&)
      -> std::strong_ordering = default;

 private:
  explicit RelativePath(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace fedgate::value
