// Eight bytes at a time say what each byte says.
#include "schema/base/ascii_word.h"

#include <string>

#include "tests/support/catch.h"

namespace fedgate {

namespace {

TEST_CASE("every byte at every place of a text of any length is seen") {
  for (std::size_t length = 1; length <= 2 * AsciiWord::kBytes + 1; ++length) {
    for (std::size_t place = 0; place < length; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(length, 'a');
        text[place] = static_cast<char>(byte);
        CAPTURE(length, place, byte);
        const bool is_printable = byte >= 0x20 && byte < 0x7F;
        REQUIRE((printable_prefix(text) == length) == is_printable);
        REQUIRE(is_all_ascii(text) == (byte < 0x80));
        const std::size_t word = place - place % AsciiWord::kBytes;
        REQUIRE(AsciiWord(text, word).has(static_cast<char>(byte)));
        REQUIRE(AsciiWord(text, word).has('"') == (byte == '"'));
        if (!is_printable) {
          REQUIRE(printable_prefix(text) == word);
        }
      }
    }
  }
  CHECK(printable_prefix("") == 0);
  CHECK(is_all_ascii(""));
}

}  // namespace

}  // namespace fedgate
