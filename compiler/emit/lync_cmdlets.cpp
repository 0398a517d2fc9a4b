#include "compiler/emit/lync_cmdlets.h"

#include "compiler/emit/quote/line.h"
#include "schema/base/ascii_word.h"

namespace fedgate::emit {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The letter is one whose bytes are quotes in no code page.
constexpr std::string_view kEncodingGuard =
    R"(# In another encoding than UTF-8 this file would say something else than its spec.
if ('ü' -cne [string][char]0xFC) {
    throw 'This file was read in the wrong encoding; it has lost its UTF-8 byte order mark.'
}

)";

}  // namespace

auto management_shell(spec::Platform platform) -> std::string_view {
  return platform == spec::Platform::skype_for_business_2015
             ? "Skype for Business Server Management Shell"
             : "Lync Server Management Shell";
}

auto finish_script(std::string_view head, std::string_view body) -> std::string {
  const bool is_ascii = is_all_ascii(head) && is_all_ascii(body);
  std::string text;
  text.reserve(head.size() + body.size() + kEncodingGuard.size() + 4);
  text += is_ascii ? std::string_view() : kByteOrderMark;
  text += head;
  text += '\n';
  text += is_ascii ? std::string_view() : kEncodingGuard;
  text += body;
  return text;
}

}  // namespace fedgate::emit
