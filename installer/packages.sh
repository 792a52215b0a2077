# Sourced by run.sh and test.sh: ensure_packages KIND… installs the packages of those kinds that are missing.

ensure_packages() {
    local list missing=() package
    list=$(awk -v kinds=" $* " '!/^#/ && NF == 2 && index(kinds, " " $1 " ") { print $2 }' \
        "$(dirname "${BASH_SOURCE[0]}")/packages.txt")
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian or Ubuntu system. Install what corresponds to these packages, then build with" >&2
        echo "CMake (see README.md):" $list >&2
        return 1
    fi
    for package in $list; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing ${#missing[@]} missing packages: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "Please install them as root: apt-get install ${missing[*]}" >&2
            return 1
        }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get -q update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "${missing[@]}"
}
