// The JSON Schema of rule packs, for editors.
#pragma once

#include <string>

namespace fedgate::rules {

// Draft 2020-12. It knows the form of a pack; expressions are checked when the pack is loaded. The
// file schema/pack.schema.json holds it.
[[nodiscard]] auto pack_json_schema() -> std::string;

}  // namespace fedgate::rules
