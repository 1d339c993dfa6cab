#!/bin/sh
# Shows the exports to the tools that others read such documents with. It needs
# node, npm and python3, and fetches the tools into a folder of its own; with a
# folder as its argument they are kept there for the next time. At last the
# collection and the document are tried on the mock server.
set -eu
cd "$(dirname "$0")/../../.."

tools=${1:-}
remove=
if [ -z "$tools" ]; then
    tools=$(mktemp -d)
    remove=$tools
fi
mock=
finish() {
    [ -z "$mock" ] || kill "$mock"
    [ -z "$remove" ] || rm -rf "$remove"
}
trap finish EXIT
tools=$(cd "$tools" && pwd)
out=$tools/out
mkdir -p "$out" "$tools/home"

if [ ! -d "$tools/node_modules" ]; then
    (cd "$tools" && npm init -y > /dev/null && npm install --no-audit --no-fund --loglevel=error \
        @redocly/cli@2.77.0 openapi-typescript@7.13.0 typescript@5.9.3 \
        @asyncapi/cli@4.1.1 postman-collection@5.3.1 newman@6.2.2)
fi
if [ ! -d "$tools/python" ]; then
    python3 -m venv "$tools/python"
    "$tools/python/bin/pip" install -q openapi-spec-validator==0.9.0 jsonschema==4.26.0 schemathesis==4.32.5
fi
bin=$tools/node_modules/.bin
python=$tools/python/bin

cargo build -q -p icws-spec -p icws-mock --bins
spec=${CARGO_TARGET_DIR:-target}/debug/icws-spec
server=${CARGO_TARGET_DIR:-target}/debug/icws-mock

step() {
    echo "--- $*"
    "$@"
}

for name in everything shipped; do
    model=
    [ $name = shipped ] || model=icws-generated/tests/everything.yaml
    for format in openapi json-schema asyncapi postman; do
        # Without quotes: no argument stands for the shipped model.
        "$spec" export $format $model --out "$out/$name.$format.json" 2> /dev/null
    done
    for format in openapi asyncapi; do
        "$spec" export $format $model --out "$out/$name.$format.yaml" 2> /dev/null
    done

    echo "--- redocly lint, $name"
    "$bin/redocly" lint "$out/$name.openapi.yaml" --format summary --max-problems 1000 2>&1 | grep -E '^(warning|error) |valid'
    step "$python/openapi-spec-validator" "$out/$name.openapi.json"
    "$spec" export openapi $model --openapi 3.0 --out "$out/$name.openapi-3.0.json" 2> /dev/null
    step "$python/openapi-spec-validator" "$out/$name.openapi-3.0.json"
    step "$bin/openapi-typescript" "$out/$name.openapi.json" -o "$out/$name.ts"
    # The types of other packages are not looked at.
    step "$bin/tsc" --noEmit --strict --typeRoots "$out" "$out/$name.ts"

    # What it tells its makers is kept to itself.
    HOME=$tools/home "$bin/asyncapi" config analytics --disable > /dev/null 2>&1 || true
    # The command writes each message out wherever one refers to it: of the whole
    # API that takes it longer than anyone waits, so that it sees a part.
    part=$out/$name.asyncapi.yaml
    if [ $name = shipped ]; then
        part=$out/part.asyncapi.yaml
        "$spec" export asyncapi --only interactions,queues,status --out "$part" 2> /dev/null
    fi
    echo "--- asyncapi validate, $name"
    HOME=$tools/home "$bin/asyncapi" validate "$part" 2>&1 | grep -E 'valid|[0-9]+ errors'
    echo "--- the schema of AsyncAPI, $name"
    "$python/python" - "$tools/node_modules/@asyncapi/specs/schemas/3.0.0.json" "$out/$name.asyncapi.json" <<'PYTHON'
import json, sys
from jsonschema import Draft7Validator as Validator
schema, document = (json.load(open(path)) for path in sys.argv[1:])
Validator(schema).validate(document)
print("OK:", len(document["operations"]), "operations,", len(document["components"]["messages"]), "messages")
PYTHON

    echo "--- jsonschema, $name"
    "$python/python" - "$out/$name.json-schema.json" <<'PYTHON'
import json, sys
from jsonschema import Draft202012Validator as Validator
document = json.load(open(sys.argv[1]))
Validator.check_schema(document)
count = 0
for name, schema in document["$defs"].items():
    for example in schema.get("examples", []):
        Validator({"$ref": "#/$defs/" + name, "$defs": document["$defs"]}).validate(example)
        count += 1
print(len(document["$defs"]), "schemas,", count, "examples fit")
PYTHON

    echo "--- postman-collection, $name"
    (cd "$tools" && node -e '
const { Collection } = require("postman-collection");
const collection = new Collection(JSON.parse(require("fs").readFileSync(process.argv[1])));
let requests = 0;
collection.forEachItem((item) => { item.request.url.toString(); requests += 1; });
console.log(requests, "requests");' "$out/$name.postman.json")
done

"$server" --world contact-center --port 0 > "$out/mock" &
mock=$!
until address=$(grep -s '^http' "$out/mock"); do
    kill -0 "$mock"
    sleep 1
done

echo "--- newman"
"$bin/newman" run "$out/shipped.postman.json" --folder connection --env-var scheme=http \
    --env-var host=127.0.0.1 --env-var "port=${address##*:}" --env-var userID=agent01 \
    --env-var password=secret --reporter-cli-no-banner | grep -E '✓|/connection[ ?]'

# Every operation in a session, but the one that ends it: an answer that the document
# does not have is a difference between the server and the model.
echo "--- schemathesis"
"$python/python" - "$address" > "$out/schemathesis.toml" <<'PYTHON'
import json, sys, urllib.request
body = {
    "__type": "urn:inin.com:connection:icAuthConnectionRequestSettings",
    "applicationName": "schemathesis", "userID": "agent01", "password": "secret",
}
headers = {"Accept-Language": "en", "Content-Type": "application/json"}
request = urllib.request.Request(sys.argv[1] + "/icws/connection", json.dumps(body).encode(), headers)
with urllib.request.urlopen(request) as answer:
    session, cookie = json.load(answer), answer.headers["Set-Cookie"].split(";")[0]
token = json.dumps(session["csrfToken"])
print(f"""[parameters]
"path.sessionId" = {json.dumps(session["sessionId"])}
"header.ININ-ICWS-CSRF-Token" = {token}
[headers]
Cookie = {json.dumps(cookie)}
ININ-ICWS-CSRF-Token = {token}""")
PYTHON
# It keeps what it found in the folder where it is.
(cd "$out" && "$python/schemathesis" --config-file schemathesis.toml run shipped.openapi.json --url "$address" \
    --phases fuzzing --max-examples 2 --mode positive --generation-database none --suppress-health-check all --warnings off --no-color \
    --exclude-operation-id connection.disconnect --continue-on-failure \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance)
