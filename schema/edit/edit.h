// Edits that mend a spec and leave its comments and layout alone. Made from the bytes around a
// place, so that every phase which knows a place can offer one. Each function gives none where the
// place is not plain enough to be sure: an anchored node (others use it by alias), a text of
// several lines, a comment in the way.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/diag/finding.h"
#include "schema/source/source_file.h"

namespace fedgate::edit {

// How a scalar is to be written: `text` in the quotes of what it replaces, or in quotes where plain
// text would be read as something else; `bare` always without quotes (numbers, booleans); `quoted`
// always with them.
enum class Form : std::uint8_t { text, bare, quoted };

// The scalar or key at `where` becomes `text`.
[[nodiscard]] auto replace_scalar(const source::Sources& sources, const source::Span& where,
                                  std::string_view text, Form form = Form::text)
    -> std::optional<std::vector<diag::Edit>>;

// Takes an item that is not the first out of a list. A comment on the item's line stays.
[[nodiscard]] auto remove_item(const source::Sources& sources, const source::Span& list,
                               const source::Span& previous_item, const source::Span& item)
    -> std::optional<std::vector<diag::Edit>>;

// Adds texts at the end of a list, written as its last item is.
[[nodiscard]] auto append_items(const source::Sources& sources, const source::Span& list,
                                std::span<const std::string> texts)
    -> std::optional<std::vector<diag::Edit>>;

// Adds a key at the end of a mapping. None where a key of that name stands anywhere in the mapping:
// its value may come from elsewhere by alias, or it may belong to a mapping inside.
[[nodiscard]] auto insert_key(const source::Sources& sources, const source::Span& mapping,
                              std::string_view key, std::string_view value)
    -> std::optional<std::vector<diag::Edit>>;

// `edits` with their title, as Finding::fix takes it.
[[nodiscard]] auto as_fix(std::string title, std::optional<std::vector<diag::Edit>> edits)
    -> std::optional<diag::Fix>;

}  // namespace fedgate::edit
