// Names that look like other names (Unicode Technical Standard 39). The only place that uses
// libunistring.
#pragma once

#include <optional>
#include <string>

#include "schema/value/dns_name.h"

namespace fedgate::value {

// Why a reader may take a label of the name for another one: "its label `…` mixes Cyrillic and
// Latin letters", or "every letter of its label `…` looks like a Latin one". Mixtures that a
// language writes (Latin beside Han with Hiragana and Katakana, Bopomofo, or Hangul) are none:
// the level "highly restrictive" of section 5.2. None too for a name of ASCII only, and for letters
// like Latin ones below a top level in their own script, as in `ресурс.рф`.
[[nodiscard]] auto confusable_label(const DnsName& name) -> std::optional<std::string>;

}  // namespace fedgate::value
