#!/bin/sh
# make run, once setup.sh is done: the program on a demo office; without a display, the tour, whose pictures stay in out/.
set -eu
cd "$(dirname "$0")/.."

program=.venv/bin/migrant-office
office=out/demo
passphrase=out/demo-passphrase.txt
mkdir -p out

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" != Darwin ]; then
    echo 'There is no display here: taking the tour. The pictures, the sheet and the workbook will be in out/.'
    QT_QPA_PLATFORM=offscreen exec $program tour --out out
fi

if [ ! -d $office ] || [ ! -s $passphrase ]; then
    rm -rf $office $office.new
    .venv/bin/python -c 'from migrant_office.commands.offices import DEMO_PASSPHRASE; print(DEMO_PASSPHRASE)' >$passphrase
    $program demo --city santiago --people 400 --months 12 --seed 7 --data $office.new --passphrase-file $passphrase
    mv $office.new $office  # only a finished office gets the name
fi
echo "The demo office's passphrase, should it ask: $(cat $passphrase)"
exec $program open --data $office --passphrase-file $passphrase
