#!/bin/sh
# Installs what the tests of the interactive page need: Debian's Chromium (as root, with apt-get) and playwright-core from npm. Without them those
# tests skip themselves and say so.
set -eu
cd "$(dirname "$0")"
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "install.sh: no Chromium here, and not root on a system with apt-get: install the package chromium" >&2
    exit 3
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq install -y --no-install-recommends chromium
fi
command -v npm >/dev/null || { echo "install.sh: needs Node.js with npm" >&2; exit 3; }
npm install --no-package-lock --no-audit --no-fund --loglevel=error
