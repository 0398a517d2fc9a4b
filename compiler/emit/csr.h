// csr/<name>.*: how a certificate is requested, once for each tool that an administrator may use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan.h"

namespace fedgate::emit {

// Every request asks for the same subject, the same names and the same purposes.

// `openssl req -config`: a configuration that asks nothing (OpenSSL 3.0, req(1) and config(5)).
[[nodiscard]] auto emit_openssl_request(const compiler::Plan& plan,
                                        const compiler::CertificatePlan& certificate)
    -> std::string;

// The command of a shell that reads the file `configuration`, makes a new key in the current folder
// and writes the file `request`.
[[nodiscard]] auto openssl_command(const spec::Certificate& certificate,
                                   std::string_view configuration, std::string_view request)
    -> std::string;

// `certreq -new` (Microsoft, certreq). ASCII, or UTF-16 with a byte order mark where a value needs
// it, because INF files are read in the system's code page otherwise.
[[nodiscard]] auto emit_certreq_request(const compiler::Plan& plan,
                                        const compiler::CertificatePlan& certificate)
    -> std::string;

// `Request-CsCertificate` (Lync Server 2013 and Skype for Business Server 2015), as a script.
[[nodiscard]] auto emit_powershell_request(const compiler::Plan& plan,
                                           const compiler::CertificatePlan& certificate)
    -> std::string;

// Whether the cmdlet can request it: the platform has the cmdlet, the gateway presents the
// certificate, and it has no otherNames, which the cmdlet does not know. What other certificates
// are for, and so their -Type, no spec says.
[[nodiscard]] auto has_powershell_request(const compiler::Plan& plan,
                                          const compiler::CertificatePlan& certificate) -> bool;

// One attribute of the subject in the words of each tool.
struct SubjectAttribute {
  std::string_view openssl;
  std::string_view certreq;
  std::string_view text;
};
// From the widest to the narrowest, as X.500 names are built; absent ones are left out.
[[nodiscard]] auto subject_of(const compiler::CertificatePlan& certificate)
    -> std::vector<SubjectAttribute>;

// Whether it asks for SRVNames or XmppAddrs.
[[nodiscard]] auto has_other_names(const compiler::CertificatePlan& certificate) -> bool;

// The purposes of the certificate, each once, in the order of the enumeration.
[[nodiscard]] auto key_usages(const spec::Certificate& certificate) -> std::vector<spec::KeyUsage>;

// Whether a request names the template: always for AD CS, and for a public authority, which has no
// templates, only where the spec insists.
[[nodiscard]] auto asks_for_template(const spec::Certificate& certificate) -> bool;

// Where the request is written on the gateway: the spec's path, or `<name>.req`.
[[nodiscard]] auto request_file(const spec::Certificate& certificate) -> std::string;

}  // namespace fedgate::emit
