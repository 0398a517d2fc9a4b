// JsonWriter: JSON text (RFC 8259) straight into a string, members in the order of the calls. A
// library builds a tree first; a gateway.json of ten thousand partners is written without one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fedgate {

// Two blanks of indentation, one member or element a line, `{}` and `[]` where empty. Calls must
// form one value: begin and end balanced, and inside an object a key before each value. Checked.
class JsonWriter {
 public:
  // `compact` leaves out all white space.
  explicit JsonWriter(std::string& out, bool compact = false) : out_(&out), compact_(compact) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  // Well-formed UTF-8; other bytes become U+FFFD.
  void string(std::string_view text);
  void integer(std::int64_t value);
  void boolean(bool value);
  void null();

  // Shorthands for a member.
  void member(std::string_view name, std::string_view text) {
    key(name);
    string(text);
  }
  void member(std::string_view name, const char* text) { member(name, std::string_view(text)); }
  void member(std::string_view name, const std::string& text) {
    member(name, std::string_view(text));
  }
  void member(std::string_view name, bool value) {
    key(name);
    boolean(value);
  }
  void member(std::string_view name, std::int64_t value) {
    key(name);
    integer(value);
  }

 private:
  struct Level {
    bool is_object = false;
    bool is_empty = true;
  };

  void before_value();
  void end(bool is_object, char bracket);
  void new_line();

  std::string* out_;
  bool compact_;
  bool after_key_ = false;
  std::vector<Level> levels_;
};

}  // namespace fedgate
