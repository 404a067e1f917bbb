#!/bin/sh
# Brings the independent engines to out/oracles: two from npm, one from PyPI. In seconds when they are there.
set -eu
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "The engines need node 20 or later with npm, and it is not here: install it and try again."
    exit 1
fi
mkdir -p out/oracles
cp tests/oracles/*.mjs out/oracles/
if ! cmp -s tests/oracles/package.json out/oracles/package.json || [ ! -d out/oracles/node_modules ]; then
    cp tests/oracles/package.json out/oracles/
    npm install --prefix out/oracles --no-audit --no-fund --no-package-lock --silent
fi
.venv/bin/python -c 'import rxeval' 2>/dev/null || .venv/bin/python -m pip install --quiet rxeval==0.1.1
