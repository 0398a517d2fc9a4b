#!/usr/bin/env bash
# Usage: fetch_servers.sh FOLDER
# Unpacks Prosody and ejabberd (with Erlang) from their Debian packages into FOLDER. They are not
# installed, because their packages start services, open ports and create users, and a test must do
# none of that to the machine it runs on. What they link to is installed by ./dev (need_for_test).
set -euo pipefail

packages=(
  prosody
  ejabberd
  erlang-asn1 erlang-base erlang-base64url erlang-crypto erlang-goldrush erlang-idna erlang-inets
  erlang-jiffy erlang-jose erlang-lager erlang-mnesia erlang-odbc erlang-os-mon erlang-p1-acme
  erlang-p1-cache-tab erlang-p1-eimp erlang-p1-mqtree erlang-p1-pkix erlang-p1-stringprep
  erlang-p1-stun erlang-p1-tls erlang-p1-utils erlang-p1-xml erlang-p1-xmpp erlang-p1-yaml
  erlang-p1-yconf erlang-p1-zlib erlang-public-key erlang-runtime-tools erlang-ssl
  erlang-syntax-tools erlang-tools erlang-unicode-util-compat erlang-xmerl
)

folder=$(realpath -m "$1")
stamp=$folder/.fedgate-packages
if [[ -f $stamp && $(< "$stamp") == "${packages[*]}" ]]; then
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
download() { (cd "$work" && apt-get download -q "${packages[@]}"); }
# Without lists of packages, or with old ones, the first attempt fails.
download || { ((EUID == 0)) && apt-get update -q && download; }
rm -rf "$folder"
mkdir -p "$folder/root" "$folder/bin"
for package in "$work"/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done

root=$folder/root
for name in prosody prosodyctl; do
  sed "s|/usr/lib/prosody|$root/usr/lib/prosody|" "$root/usr/bin/$name" > "$folder/bin/$name"
done
erts=$(find "$root/usr/lib/erlang" -maxdepth 1 -name 'erts-*')
cat > "$folder/bin/erl" << END
#!/bin/sh
export ROOTDIR=$root/usr/lib/erlang BINDIR=$erts/bin EMU=beam PROGNAME=erl
export ERL_LIBS=$(dirname "$(find "$root/usr/lib" -maxdepth 2 -name 'ejabberd-[0-9]*' | head -n 1)")
exec "\$BINDIR/erlexec" "\$@"
END
chmod +x "$folder"/bin/*
printf '%s' "${packages[*]}" > "$stamp"
