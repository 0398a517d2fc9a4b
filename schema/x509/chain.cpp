#include "schema/x509/chain.h"

#include <algorithm>

namespace fedgate::x509 {

namespace {

// Who issued a certificate.
struct Issuers {
  // Those in the file, and of several the one first that comes next in it: an authority may have
  // certificates from several others for the same key (RFC 8446, section 4.4.2).
  std::vector<std::size_t> found;
  // One has the name of the issuer, and none its key.
  bool is_forged = false;
};

class Tracer {
 public:
  Tracer(const std::vector<OwnedCertificate>& certificates, const std::vector<Certificate>& read)
      : certificates_(&certificates),
        read_(&read),
        roles_(read.size(), ChainRole::stranger),
        issuers_(read.size()),
        is_issuer_(read.size(), false) {}

  auto trace() -> Chain {
    mark_copies();
    for (std::size_t i = 0; i < issuers_.size(); ++i) {
      issuers_[i] = find_issuers(i);
      for (const std::size_t issuer : issuers_[i].found) {
        is_issuer_[issuer] = true;
      }
    }
    const std::size_t leaf = find_leaf();
    mark_links(leaf);
    return {leaf, judge(leaf), roles_};
  }

 private:
  void mark_copies() {
    for (std::size_t i = 0; i < read_->size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (X509_cmp((*certificates_)[i].get(), (*certificates_)[j].get()) == 0) {
          roles_[i] = ChainRole::copy;
        }
      }
    }
  }

  [[nodiscard]] auto find_issuers(std::size_t of) const -> Issuers {
    Issuers issuers;
    X509* const certificate = (*certificates_)[of].get();
    if (roles_[of] == ChainRole::copy || names_issuer(certificate, certificate)) {
      return issuers;
    }
    bool is_named = false;
    for (std::size_t step = 1; step < certificates_->size(); ++step) {
      const std::size_t at = (of + step) % certificates_->size();
      X509* const issuer = (*certificates_)[at].get();
      if (roles_[at] != ChainRole::copy && names_issuer(certificate, issuer)) {
        is_named = true;
        if (verifies(certificate, issuer)) {
          issuers.found.push_back(at);
        }
      }
    }
    issuers.is_forged = is_named && issuers.found.empty();
    return issuers;
  }

  [[nodiscard]] auto find_leaf() const -> std::size_t {
    std::size_t first_end = is_issuer_.size();
    for (std::size_t i = 0; i < is_issuer_.size(); ++i) {
      if (!is_issuer_[i] && roles_[i] != ChainRole::copy) {
        if (!(*read_)[i].content.is_authority) {
          return i;
        }
        first_end = std::min(first_end, i);
      }
    }
    return first_end == is_issuer_.size() ? 0 : first_end;
  }

  // Everything from which a way leads down to the leaf.
  void mark_links(std::size_t leaf) {
    std::vector<std::size_t> open = {leaf};
    roles_[leaf] = ChainRole::link;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t issuer : issuers_[at].found) {
        if (roles_[issuer] == ChainRole::stranger) {
          roles_[issuer] = ChainRole::link;
          open.push_back(issuer);
        }
      }
    }
  }

  [[nodiscard]] auto judge(std::size_t leaf) const -> ChainState {
    bool is_ordered = true;
    std::vector<bool> is_seen(issuers_.size(), false);
    std::size_t at = leaf;
    // Names may lead in a circle.
    while (!is_seen[at] && !issuers_[at].found.empty()) {
      is_seen[at] = true;
      is_ordered = is_ordered && at < issuers_[at].found.front();
      at = issuers_[at].found.front();
    }
    if (issuers_[at].is_forged) {
      return ChainState::forged;
    }
    if (leaf != 0) {
      return ChainState::misplaced;
    }
    if (at != leaf || (*read_)[leaf].is_self_signed) {
      return is_ordered ? ChainState::ordered : ChainState::unordered;
    }
    return std::find(roles_.begin(), roles_.end(), ChainRole::stranger) == roles_.end()
               ? ChainState::lone
               : ChainState::broken;
  }

  const std::vector<OwnedCertificate>* certificates_;
  const std::vector<Certificate>* read_;
  std::vector<ChainRole> roles_;
  std::vector<Issuers> issuers_;
  std::vector<bool> is_issuer_;
};

}  // namespace

auto verifies(X509* certificate, X509* issuer) -> bool {
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  return key != nullptr && X509_verify(certificate, key) == 1;
}

auto names_issuer(const X509* certificate, const X509* issuer) -> bool {
  return X509_NAME_cmp(X509_get_issuer_name(certificate), X509_get_subject_name(issuer)) == 0;
}

auto trace_chain(const std::vector<OwnedCertificate>& certificates,
                 const std::vector<Certificate>& read) -> Chain {
  return Tracer(certificates, read).trace();
}

}  // namespace fedgate::x509
