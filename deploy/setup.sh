#!/bin/sh
# Makes the command ready for a pipeline and prints where it is.
#
#   SAFECAMPUS=/opt/safecampus/bin/safecampus   what is installed on the runner already
#   bootstrap.py                                the product's own repository
#   requirements.txt                            a school's: the version it names, into .venv;
#                                               PIP_NO_INDEX and PIP_FIND_LINKS say where from
set -eu
cd "$(dirname "$0")/.."
if [ -n "${SAFECAMPUS:-}" ]; then
  command -v "$SAFECAMPUS"
  exit
fi
if [ -f bootstrap.py ]; then
  python3 bootstrap.py setup >&2
else
  [ -x .venv/bin/python ] || python3 -m venv .venv >&2
  .venv/bin/python -m pip install -q --disable-pip-version-check -r requirements.txt >&2
fi
printf '%s\n' "$PWD/.venv/bin/safecampus"
