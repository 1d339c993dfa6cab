#!/bin/sh
# Gets what the tests of the console need and is not there: Chromium with its driver, and
# axe-core.
set -eu
cd "$(dirname "$0")/../../.."

axe=4.14.1

if ! command -v chromedriver > /dev/null || ! command -v chromium > /dev/null; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium chromium-driver
fi

folder=${CARGO_TARGET_DIR:-target}/axe
if ! grep -qs "\"version\": \"$axe\"" "$folder/package/package.json"; then
    mkdir -p "$folder"
    archive=$(cd "$folder" && npm pack --silent "axe-core@$axe")
    tar -xzf "$folder/$archive" -C "$folder"
    rm "$folder/$archive"
fi
