# Sourced by run.sh and test.sh.

# missing_packages KIND…: those packages of the kinds that are not installed.
missing_packages() {
    local package
    for package in $(awk -v kinds=" $* " '!/^#/ && NF == 2 && index(kinds, " " $1 " ") { print $2 }' \
        "$(dirname "${BASH_SOURCE[0]}")/packages.txt"); do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
    done
}

# install_packages PACKAGE…
install_packages() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "Please install them as root: apt-get install $*" >&2
            return 1
        }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get -q update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$@"
}

# ensure_packages KIND…: installs the packages of those kinds that are missing.
ensure_packages() {
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian or Ubuntu system. Install what corresponds to these packages, then build with" >&2
        echo "CMake (see README.md):" $(awk '!/^#/ && NF == 2 { print $2 }' \
            "$(dirname "${BASH_SOURCE[0]}")/packages.txt") >&2
        return 1
    fi
    local missing=($(missing_packages "$@"))
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing ${#missing[@]} missing packages: ${missing[*]}"
    install_packages "${missing[@]}"
}

# try_packages KIND…: the same, but says what cannot be had instead of failing.
try_packages() {
    local package
    for package in $(missing_packages "$@"); do
        install_packages "$package" || echo "NOT AVAILABLE: $package. The tests that need it are skipped." >&2
    done
}
