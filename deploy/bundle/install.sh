#!/bin/sh
# Installs the program without a network: sh install.sh [folder]
set -eu
cd "$(dirname "$0")"
for python in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
  if command -v "$python" >/dev/null && "$python" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" -B install.py "$@"
  fi
done
echo "需要 Python 3.11 或更新的版本（Debian、Ubuntu 还要 python3-venv）。" >&2
echo "Python 3.11 or newer is needed (on Debian and Ubuntu also python3-venv)." >&2
exit 3
