#!/usr/bin/env bash
# A post connects to Greenlane with curl: every step of it, in order. Start the service first: npm ci && npm start
#
#   examples/curl.sh                         on the machine of the service, in its folder
#   URL=https://… KEY=gl_… examples/curl.sh  anywhere, with a key that an administrator made
set -euo pipefail

URL=${URL:-http://localhost:8080}
GREENLANE=${GREENLANE:-npx greenlane}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() { printf '\n== %s\n' "$1"; }

# The first value of a field in JSON. In a program of yours, use a JSON library.
field() { sed -nE "s/.*\"$1\":\"?([^\",}]+).*/\1/p" | head -n 1; }

# Sends a request. 429 and 503 are tried again after as many seconds as Retry-After says: the same again is stored once.
ask() { curl --silent --show-error --fail-with-body --retry 5 --max-time 60 -H "Authorization: Bearer $KEY" "$@"; }

step 'Make a key (its secret is shown once)'
KEY=${KEY:-$($GREENLANE keys make --name 'Parcels of the post' --partner post \
  --scope parcels:write --scope parcels:read --scope decisions:read --scope checks:write)}
echo "a key of ${#KEY} letters"

step 'Send one parcel'
cat >"$work/parcel.json" <<'JSON'
{ "ids": { "s10": "RR473124829TH" }, "stage": "posted",
  "route": { "dispatchCountry": "TH", "destinationCountry": "FR" },
  "lines": [{ "description": "wooden carving", "quantity": 2, "netWeightKg": "0.4" }] }
JSON
ask "$URL/parcels" -H 'Content-Type: application/json' --data-binary @"$work/parcel.json" >"$work/answer.json"
echo "the proposal is $(sed -E 's/.*"proposal":"([a-z-]+)","reasons".*/\1/' "$work/answer.json")"

step 'Send it again: the same answer, nothing new is stored'
ask "$URL/parcels" -H 'Content-Type: application/json' --data-binary @"$work/parcel.json" >"$work/again.json"
cmp "$work/answer.json" "$work/again.json" && echo 'the same'

step 'Send a list: an answer for each, in the same order'
echo '[{ "ids": { "s10": "RR473124832TH" }, "route": { "dispatchCountry": "TH", "destinationCountry": "FR" },
  "lines": [{ "description": "phone case with flowers" }] }, { "lines": "none" }]' >"$work/list.json"
ask "$URL/parcels" -H 'Content-Type: application/json' --data-binary @"$work/list.json" | cut -c 1-120

step 'Send a stream, packed: one parcel a line, one answer a line'
for number in 47312485 47312486 47312487; do
  echo "{\"ids\":{\"trackingNumber\":\"$number\"},\"route\":{\"dispatchCountry\":\"CN\",\"destinationCountry\":\"NL\"},\"lines\":[{\"description\":\"tomato seeds\"}]}"
done | gzip >"$work/stream.gz"
ask "$URL/parcels" -H 'Content-Type: application/x-ndjson' -H 'Content-Encoding: gzip' --data-binary @"$work/stream.gz" >"$work/stream.ndjson"
echo "$(wc -l <"$work/stream.ndjson") answers"
if tail -n 1 "$work/stream.ndjson" | grep -q '^{"problem"'; then echo 'The stream broke off: send the rest again.'; fi

step 'Find the parcel, and read its case'
PARCEL=$(ask "$URL/parcels?identifier=RR473124829TH" | field parcel)
ask "$URL/parcels/$PARCEL" | cut -c 1-200
echo

step 'Answer a question (`questions` in the answer tells what is asked, whom, and what helps): the parcel is decided on again'
ask "$URL/parcels/$PARCEL/answers" -H 'Content-Type: application/json' \
  -d '{ "as": "sender", "answers": [{ "item": 1, "fact": "article", "value": "none" }] }' | cut -c 1-120
echo

step 'Read decisions, page by page; keep the cursor for the next time'
AFTER=
for page in 1 2 3 4 5; do
  ask "$URL/decisions?limit=2${AFTER:+&after=$AFTER}" >"$work/page.json"
  AFTER=$(sed -E 's/.*"next":"([^"]+)"\}$/\1/' "$work/page.json")
  echo "page $page, next $AFTER"
  if grep -q '^{"decisions":\[\]' "$work/page.json"; then break; fi
done

step 'Check an offer before the sale'
ask "$URL/checks" -H 'Content-Type: application/json' -d '{ "title": "Dendrobium nobile, rooted plants", "originCountry": "TH",
  "shipsFrom": "TH", "destinations": ["FR", "JP"], "goods": { "article": "plants-for-planting", "taxon": "Dendrobium nobile" } }' >"$work/check.json"
RECEIPT=$(grep -oE 'GL-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$work/check.json" | head -n 1)
echo "receipt $RECEIPT"

step 'Verify the receipt, and compare it with a parcel'
ask "$URL/receipts/verify" -H 'Content-Type: application/json' -d "{ \"receipt\": \"$RECEIPT\", \"parcel\":
  { \"route\": { \"dispatchCountry\": \"TH\", \"destinationCountry\": \"FR\" },
    \"lines\": [{ \"description\": \"Dendrobium nobile, rooted plants\", \"originCountry\": \"TH\" }] } }" | grep -oE '"holds":true|"honoured":(true|false)'

step 'The public keys that receipts are signed with'
curl --silent --show-error --fail "$URL/.well-known/jwks.json" | cut -c 1-80
