#!/usr/bin/env bash
# The PowerShell parser that other tests rely on tells right from wrong.
# shellcheck source=tests/e2e/lib.sh
source "$FEDGATE_SOURCE_DIR/tests/e2e/lib.sh"
need_npm_packages
need jq

parse=$FEDGATE_SOURCE_DIR/tests/e2e/parse_powershell.mjs
mark=$'\xef\xbb\xbf'

# Texts that have to be refused: a name, the text, and what the reason says.
# shellcheck disable=SC1111 # the typographic quotes are the point
wrong=(
  open_brace $'if ($x) { Get-Foo\n' 'MISSING'
  open_string $'Set-Foo -Name \'it\'s\n' 'ERROR'
  typographic_end "${mark}Set-Foo 'a’b'"$'\n' 'the string ends at this quote'
  typographic_start "${mark}Set-Foo ‘a b‘"$'\n' 'U+2018 outside of a string'
  expandable_end "${mark}Set-Foo \"a”b\""$'\n' 'the string ends at this quote'
  here_string_end "${mark}\$x = @'"$'\n’@\n\'@\n' 'the here-string ends here'
  no_mark $'Set-Foo \'é\'\n' 'no byte order mark'
)
for ((i = 0; i < ${#wrong[@]}; i += 3)); do
  printf '%s' "${wrong[i + 1]}" > "${wrong[i]}.ps1"
done
expect_status 1 "$parse" ./*.ps1 2> reasons
for ((i = 0; i < ${#wrong[@]}; i += 3)); do
  grep -qE "^\./${wrong[i]}\.ps1:[0-9]+:[0-9]+: .*${wrong[i + 2]/+/\\+}" reasons \
    || fail "${wrong[i]}: no '${wrong[i + 2]}' in: $(cat reasons)"
done

{
  printf '%s' "$mark"
  cat << 'END'
# it’s only a comment
Set-Foo -Name 'it''s ‘‘quoted’’ “so” $(x) `n ${ENV::x} ;' -Other "a`"b $x"
$text = @'
line "@
  '@
'@
Set-Bar "tab`tdollar`$"
END
} > good.ps1
expect_status 0 "$parse" --strings good.ps1 > strings.json
jq -c '[.[] | [.line, .kind, .value]]' strings.json > actual
cat > expected << 'END'
[[2,"verbatim","it's ‘quoted’ “so” $(x) `n ${ENV::x} ;"],[2,"expandable",null],[3,"verbatim_here","line \"@\n  '@"],[7,"expandable","tab\tdollar$"]]
END
diff -u expected actual || fail 'the strings read back differ'
