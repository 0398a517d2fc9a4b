#include "compiler/emit/quote/openssl_config.h"

#include <memory>
#include <optional>

#include <openssl/bio.h>
#include <openssl/conf.h>

#include "tests/support/catch.h"
#include "tests/unit/compiler/emit/compiled.h"

namespace fedgate {
namespace {

using emit::quote::openssl_config;

// What OpenSSL's own parser holds for `v` after reading a file with `v = literal` in it.
auto openssl_config_back(const std::string& literal) -> std::optional<std::string> {
  const std::string file = "[s]\nv = " + literal + "\nw = behind\n";
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(
      BIO_new_mem_buf(file.data(), static_cast<int>(file.size())), &BIO_free);
  const std::unique_ptr<CONF, void (*)(CONF*)> conf(NCONF_new(nullptr), &NCONF_free);
  long line = 0;
  if (NCONF_load_bio(conf.get(), bio.get(), &line) != 1) {
    return std::nullopt;
  }
  const char* behind = NCONF_get_string(conf.get(), "s", "w");
  const char* value = NCONF_get_string(conf.get(), "s", "v");
  return value != nullptr && behind != nullptr && std::string_view(behind) == "behind"
             ? std::optional<std::string>(value)
             : std::nullopt;
}

TEST_CASE("values of OpenSSL configurations stand in double quotes") {
  using Row = std::pair<std::string, std::string>;
  const auto [text, literal] = GENERATE(values<Row>({
      {"", R"("")"},
      {"contoso", R"("contoso")"},
      {R"(say "hi")", R"("say \"hi\"")"},
      {R"(c:\new\)", R"("c:\\new\\")"},
      {"$ENV::HOME # ; , '", R"("$ENV::HOME # ; , '")"},
  }));
  CHECK(openssl_config(text) == literal);
}

TEST_CASE("OpenSSL reads every text back") {
  for (const std::string& text : test::hostile_texts()) {
    INFO(text);
    CHECK(openssl_config_back(openssl_config(text)) == text);
    const std::string longer = text + ' ' + std::string(600, 'x') + text;
    CHECK(openssl_config_back(openssl_config(longer)) == longer);
  }
  // The comparison can fail: without quotes this is another value, or none.
  CHECK(openssl_config_back("a # b") == "a");
  CHECK(openssl_config_back("$ENV::HOME_OF_NOBODY") == std::nullopt);
}

}  // namespace
}  // namespace fedgate
