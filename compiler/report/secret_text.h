// Keeps a literal secret out of excerpts whatever else is wrong with its line.
#pragma once

#include <string>

namespace fedgate::report {

// Replaces by asterisks what follows the key `dialback_passphrase` on a line, a misspelt one too,
// where that is no reference such as `{env: NAME}`. SPC014 names the secret itself; other findings
// show its line.
void hide_secret(std::string& line);

}  // namespace fedgate::report
