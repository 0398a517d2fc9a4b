// The keys of a rule pack, each described once: the loader knows them from here (pack.cpp), and the
// JSON Schema of packs is written from here (pack_schema.h).
#pragma once

#include <array>
#include <string_view>

namespace fedgate::rules {

struct PackKey {
  std::string_view name;
  std::string_view description;
  bool required = false;
};

inline constexpr std::array kPackKeys = {
    PackKey{"pack", "name of the pack", true},
    PackKey{"rules", "its rules, evaluated in this order", true},
};

// The words of a key that is true or false.
inline constexpr std::array<std::string_view, 2> kBooleans = {"false", "true"};

// Of a rule, and of each of its cases.
inline constexpr std::string_view kWhen = "CEL expression; true makes a finding";
inline constexpr std::string_view kAt =
    "selection such as `partner.tls`: the place that the finding points at; without it, or where "
    "the field is absent, the whole entity";
inline constexpr std::string_view kMessage =
    "one sentence in lower case without a final period; `{expression}` is filled in, `{{` and `}}` "
    "are braces";

inline constexpr std::string_view kFix =
    "the one mechanical answer to the finding, where there is one";

// `when`, `message` and `help` are required of a rule without `cases`.
inline constexpr std::array kRuleKeys = {
    PackKey{"code", "unique over all packs: letters of the family, then a number", true},
    PackKey{"name", "kebab-case, names the defect", true},
    PackKey{"severity", "how grave the finding is", true},
    PackKey{"relaxed", "a milder severity where a condition holds"},
    PackKey{"opt_in", "evaluated only where `--severity` gives the rule a level"},
    PackKey{"for", "evaluated once for each of these", true},
    PackKey{"when", kWhen},
    PackKey{"at", kAt},
    PackKey{"message", kMessage},
    PackKey{"help", "what to do about it"},
    PackKey{
        "cases",
        "in place of `when`, `at`, `message` and `fix`: several ways in which the defect shows, "
        "each looked at"},
    PackKey{"source", "the document that the rule rests on", true},
    PackKey{"since", "first version with the rule"},
    PackKey{"fix", kFix},
    PackKey{"examples", "specs that show the rule at work; `fedgate rules test` runs them"},
};

inline constexpr std::array kCaseKeys = {
    PackKey{"severity", "in place of the rule's"},
    PackKey{"when", kWhen, true},
    PackKey{"at", kAt},
    PackKey{"message", kMessage, true},
    PackKey{"help", "in place of the rule's"},
    PackKey{"fix", kFix},
};

inline constexpr std::array kRelaxedKeys = {
    PackKey{"severity", "the milder severity", true},
    PackKey{"when", "CEL expression; where it is true, the milder severity holds", true},
};

inline constexpr std::array kFixKeys = {
    PackKey{"set", "selection of the key that gets a value"},
    PackKey{"to", "the value, as YAML writes it"},
    PackKey{"extend", "selection of the list, written in the spec, that gets further items"},
    PackKey{"with", "CEL expression for the items, a list of texts"},
};

inline constexpr std::array kExampleKeys = {
    PackKey{"bad",
            "spec that must give the finding; what it leaves out comes from a small valid spec"},
    PackKey{"good", "spec that must not give it; best like the bad one but for one thing"},
    PackKey{"also", "codes of other rules that find something in it"},
    PackKey{"as_of", "day of evaluation; without it 2026-01-01"},
    PackKey{"files",
            "files that the spec names, by path: a text, or a certificate or request to make"},
};

// The severities, mildest first, as in diag::Severity.
inline constexpr std::array<std::string_view, 3> kSeverityWords = {"info", "warning", "error"};

}  // namespace fedgate::rules
