#!/usr/bin/env bash
# Whether two results folders hold the same, byte for byte, save how they were made.
#
#   cluster/same.sh RESULTS OTHER
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 2; }
what() { sed -n '/^  "what": {$/,$p' "$1/manifest.json"; }
diff -r --exclude=manifest.json --exclude=ro-crate-metadata.json "$1" "$2"
diff <(what "$1") <(what "$2")
[ -n "$(what "$1")" ]
echo "the same to the byte: $(find "$1" -type f | wc -l) files, $(find "$1/cells" -type f | wc -l) of them cells"
