// The facts as text: `fedgate dump --phase facts`, and golden files.
#pragma once

#include <string>

#include "rules/facts/facts.h"
#include "schema/model.h"

namespace fedgate::rules {

// In the order of the model, an indented line for each fact.
[[nodiscard]] auto print_facts(const spec::Model& model, const Facts& facts) -> std::string;

// Owner, time to live, type and data of a record, as a zone file would have them.
[[nodiscard]] auto to_text(const Record& record) -> std::string;

// The data alone.
[[nodiscard]] auto data_text(const Record& record) -> std::string;

// `sasl_tls, tls_dialback`, or `none`.
[[nodiscard]] auto to_text(const std::vector<Method>& methods) -> std::string;

}  // namespace fedgate::rules
