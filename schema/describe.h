// Descriptions of the spec language made from the field table: the JSON Schema for editors and the
// reference page of keys.
#pragma once

#include <string>

namespace fedgate::spec {

// JSON Schema, draft 2020-12, of one spec file. No key is required at the top, because a file may
// hold any part of a spec.
[[nodiscard]] auto spec_json_schema() -> std::string;

// The reference page: every key with type, default, bounds, example and meaning, as Markdown.
[[nodiscard]] auto spec_reference() -> std::string;

}  // namespace fedgate::spec
