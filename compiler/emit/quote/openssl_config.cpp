#include "compiler/emit/quote/openssl_config.h"

#include "compiler/emit/quote/line.h"

namespace fedgate::emit::quote {

auto openssl_config(std::string_view text) -> std::string {
  std::string out;
  append_double_quoted(out, text);
  return out;
}

}  // namespace fedgate::emit::quote
