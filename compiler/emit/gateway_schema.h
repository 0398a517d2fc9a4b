// The JSON Schema of gateway.json.
#pragma once

#include <string>

namespace fedgate::emit {

// Draft 2020-12, exact: no further members, and the words of the spec's enumerations. The file
// schema/gateway.schema.json holds it.
[[nodiscard]] auto gateway_json_schema() -> std::string;

}  // namespace fedgate::emit
