// The variable `tables` of rules: every built-in table as a list of records, one for each row.
#pragma once

#include "rules/cel/record.h"
#include "rules/cel/value.h"

namespace fedgate::rules {

// One field for each table, a list of records whose fields are the table's columns.
[[nodiscard]] auto tables_record() -> const cel::RecordType&;

[[nodiscard]] auto tables_value() -> cel::Value;

}  // namespace fedgate::rules
