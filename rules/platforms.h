// What each platform can express (rules/tables/platforms.yaml): which sets of methods it enforces
// and for whom, and which settings of the spec are lost on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/facts/negotiation.h"
#include "schema/spec.h"

namespace fedgate::rules {

// For whom a platform chooses the methods.
enum class MethodScope : std::uint8_t {
  partner,  // For each partner.
  domain,   // For each domain of ours: all its partners share one set.
};

struct MethodSupport {
  // Strongest first.
  std::vector<Method> methods;
  // What enforces exactly this set; empty where nothing does.
  std::string by;
  // Why nothing does.
  std::string reason;
};

// A setting that the platform has no counterpart for.
struct LostSetting {
  // `gateway`, `partner` or `zone`, and the key.
  std::string entity;
  std::string key;
  // Lost at this value only; empty: wherever the spec gives it.
  std::string value;
  // Lost above this only, in seconds.
  std::optional<std::uint32_t> over;
  std::string reason;
};

struct PlatformSupport {
  spec::Platform platform = spec::Platform::lync_server_2013;
  // The version that the entry holds for.
  std::string version;
  MethodScope scope = MethodScope::partner;
  std::vector<MethodSupport> methods;
  std::vector<LostSetting> lost;
  // How it is known.
  std::string source;

  // Null for a set that no valid posture comes to.
  [[nodiscard]] auto find(const std::vector<Method>& set) const -> const MethodSupport*;
};

// Every platform, in the order of the enumeration.
class PlatformTable {
 public:
  // `platforms` holds each platform once, in that order, with every set of methods that a row of
  // `matrix` comes to. Checked.
  PlatformTable(std::vector<PlatformSupport> platforms, const NegotiationMatrix& matrix);

  [[nodiscard]] auto platforms() const -> const std::vector<PlatformSupport>& { return platforms_; }
  [[nodiscard]] auto of(spec::Platform platform) const -> const PlatformSupport&;

 private:
  std::vector<PlatformSupport> platforms_;
};

// The built-in table, which covers the built-in negotiation matrix.
[[nodiscard]] auto builtin_platforms() -> const PlatformTable&;

// What a platform makes of a row of the matrix, in a word or two: `per partner`, `one for all`,
// `no`, or `invalid` for a row without a method.
[[nodiscard]] auto describe(const PlatformSupport& platform, const MatrixRow& row)
    -> std::string_view;

}  // namespace fedgate::rules
