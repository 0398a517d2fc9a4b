// Any bytes as a file with certificates or a request: no crash, and either plain data that is safe
// to show, or a defect that explains itself without a byte of the file.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "schema/base/check.h"
#include "schema/value/describe.h"
#include "schema/x509/certificate.h"

namespace {

using namespace fedgate;

void check_shown(std::string_view text) {
  FEDGATE_CHECK(!value::find_hidden(text), "what is shown has no hidden character");
}

void check_content(const x509::Content& content) {
  check_shown(content.subject);
  for (const auto* names : {&content.names.dns, &content.names.srv, &content.names.xmpp,
                            &content.common_names, &content.organizational_units}) {
    for (const std::string& name : *names) {
      check_shown(value::shown(name));
    }
  }
  for (const auto* words : {&content.names.others, &content.names.addresses}) {
    for (const std::string& word : *words) {
      check_shown(word);
    }
  }
  check_shown(x509::describe(content.key));
  check_shown(content.signature.algorithm);
}

void check_defect(const x509::FileDefect& defect) {
  FEDGATE_CHECK(!defect.message.empty() && !defect.help.empty(), "a defect explains itself");
  check_shown(defect.message);
}

}  // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto certificates = x509::read_certificates(bytes);
  if (certificates) {
    FEDGATE_CHECK(!(*certificates).certificates.empty(), "a file of certificates holds one");
    for (const x509::Certificate& certificate : (*certificates).certificates) {
      check_content(certificate.content);
      check_shown(certificate.issuer);
    }
  } else {
    check_defect(certificates.error());
  }
  const auto request = x509::read_request(bytes);
  if (request) {
    check_content((*request).content);
  } else {
    check_defect(request.error());
  }
  return 0;
}
