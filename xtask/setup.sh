# What ./run and ./test share: looks for the tools they need and installs what is missing, on Debian and Ubuntu.
# Everything that is missing is found before anything is installed, so that whoever must ask an administrator asks once.
# Sourced, never run.

rust_wanted=1.95
node_wanted=18
python_wanted=3.11
missing_packages=
lists_renewed=

# An almost empty environment will do.
HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
PATH=$CARGO_HOME/bin:$PATH
export HOME CARGO_HOME PATH

fail() {
    echo >&2
    printf '%s\n' "$@" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least WANTED FOUND: compares versions; an empty one is never enough.
at_least() { [ -n "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# Remembers packages, each once.
remember() {
    for package in "$@"; do
        case "$missing_packages " in
            *" $package "*) ;;
            *) missing_packages="$missing_packages $package" ;;
        esac
    done
}

# want COMMAND PACKAGE: remembers the package when the command is not there.
want() { have "$1" || remember "$2"; }

can_install() { have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }; }

# Runs a command as root, if we can.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# A new machine has no lists of packages yet. Without a network the old ones may do.
renew_lists() {
    [ -z "$lists_renewed" ] && can_install || return 0
    lists_renewed=yes
    echo "Renewing the lists of packages"
    as_root apt-get update -qq || true
}

# Prints the version of a package that apt would install; nothing if there is none.
candidate() { ! have apt-cache || LC_ALL=C apt-cache policy "$1" | sed -n 's/^ *Candidate: \([0-9].*\)/\1/p'; }

# Installs the remembered packages, or says which are missing and why they cannot be installed. Never removes any.
install_missing() {
    [ -n "$missing_packages" ] || return 0
    have apt-get || fail "Missing:$missing_packages (names of Debian packages)" "There is no apt-get here: install them in this system's own way and try again."
    by_hand="    apt-get update && apt-get install --yes --no-install-recommends$missing_packages"
    can_install || fail "Missing:$missing_packages" "There is neither root nor sudo here. Let an administrator run this, then start again:" "$by_hand"
    renew_lists
    echo "Installing:$missing_packages"
    # Word splitting is wanted: one word, one package.
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-remove --no-install-recommends \
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 $missing_packages ||
        fail "Missing:$missing_packages" "They could not be installed: see the messages above. Is there a network?" \
            "Installed by hand, they are used as they are:" "$by_hand"
    missing_packages=
}

# Whether Rust is there and new enough. rustup offers a cargo that may have no toolchain behind it.
rust_is_there() {
    have cargo && have rustc &&
        at_least "$rust_wanted" "$(cargo --version 2>/dev/null | cut -d' ' -f2)" &&
        at_least "$rust_wanted" "$(rustc --version 2>/dev/null | cut -d' ' -f2)"
}

# Prints the distribution's packages of a Rust that is new enough and in the way of no other package. Debian carries a newer Rust for its
# browsers beside its own, as rustc-web and cargo-web.
packages_of_rust() {
    for suffix in "" -web; do
        at_least "$rust_wanted" "$(candidate "rustc$suffix")" && [ -n "$(candidate "cargo$suffix")" ] &&
            apt-get --simulate -qq --no-remove install "rustc$suffix" "cargo$suffix" >/dev/null 2>&1 &&
            echo "rustc$suffix cargo$suffix" && return 0
    done
    return 1
}

# Rust comes from the distribution where that is new enough, else from rustup, which needs no administrator.
want_rust() {
    rust_is_there || have rustup && return 0
    renew_lists
    if packages=$(packages_of_rust); then
        # shellcheck disable=SC2086
        ! can_install && [ -z "$missing_packages" ] || remember $packages
    elif can_install && [ -n "$(candidate rustup)" ] && ! have rustc; then
        remember rustup
    else
        want curl curl
    fi
}

rust_is_missing() {
    fail "Missing: Rust $rust_wanted or later (cargo and rustc)" "$1 See the messages above. One of these helps; then start again:" \
        "  - a network that reaches rustup's hosts, static.rust-lang.org and sh.rustup.rs;" \
        "  - cargo and rustc put on the PATH or into $CARGO_HOME/bin by hand: they are used as they are;" \
        "  - on Debian, its security updates among the sources of apt: they carry a newer Rust as rustc-web and cargo-web. An administrator runs" \
        "        apt-get update && apt-get install --yes --no-install-recommends rustc-web cargo-web"
}

need_rust() {
    rust_is_there && return 0
    if ! have rustup; then
        echo "Installing Rust with rustup into $CARGO_HOME"
        installer=$(mktemp)
        have curl && curl --proto '=https' --tlsv1.2 --silent --show-error --fail --retry 2 --output "$installer" https://sh.rustup.rs &&
            sh "$installer" -y --quiet --no-modify-path --profile minimal --default-toolchain none ||
            { rm -f "$installer" && rust_is_missing "rustup could not be installed."; }
        rm -f "$installer"
    fi
    rustup toolchain install stable --profile minimal || rust_is_missing "rustup could not install it."
    RUSTUP_TOOLCHAIN=stable
    export RUSTUP_TOOLCHAIN
    rust_is_there || rust_is_missing "The newest stable Rust that rustup found is older, or an older one comes first on the PATH."
}

# What building needs: a C compiler for SQLite and the allocator, certificates for the registry, and Rust.
want_build_tools() {
    want cc build-essential
    [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/ssl/cert.pem ] || [ -e /etc/pki/tls/certs/ca-bundle.crt ] || remember ca-certificates
    want_rust
}

need_build_tools() {
    want_build_tools
    install_missing
    need_rust
}

# Prints the path of a browser that journeys can drive.
find_browser() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM"
    else
        command -v chromium || command -v chromium-browser || command -v google-chrome
    fi
}

# What the tests need besides: the programs of a PostgreSQL and of a MariaDB server, a browser, Node, and a Python that makes environments.
want_test_tools() {
    set -- /usr/lib/postgresql/*/bin/initdb
    [ -x "$1" ] || want initdb postgresql
    [ -x /usr/sbin/mariadbd ] || want mariadbd mariadb-server-core
    want node nodejs
    want npm npm
    python3 -c 'import ensurepip' 2>/dev/null || remember python3-venv
    if ! find_browser >/dev/null; then
        renew_lists
        # Ubuntu's package of this name only installs a snap, which cannot be driven. Where nothing is known of it, an administrator can look.
        if [ -z "$(candidate chromium)" ] && ! can_install || apt-cache show chromium 2>/dev/null | grep -q '^Depends: .*libc6'; then
            remember chromium
        fi
    fi
}

need_node_packages() {
    at_least "v$node_wanted" "$(node --version)" || fail "Missing: Node $node_wanted or later" "$(command -v node) is $(node --version)."
    # npm writes this file last.
    [ -n "$(find e2e/node_modules/.package-lock.json -newer e2e/package-lock.json 2>/dev/null)" ] ||
        (cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund) ||
        fail "Missing: the Node packages of e2e/" "npm could not install them: see the messages above. Is there a network?"
}

need_python_packages() {
    at_least "Python $python_wanted" "$(python3 --version)" || fail "Missing: Python $python_wanted or later" "$(command -v python3) is $(python3 --version)."
    [ -n "$(find target/clients/complete -newer e2e/clients/requirements.txt 2>/dev/null)" ] ||
        { python3 -m venv --clear target/clients && target/clients/bin/python -m pip install --quiet --disable-pip-version-check \
            --no-deps --require-hashes --only-binary :all: --requirement e2e/clients/requirements.txt && touch target/clients/complete; } ||
        fail "Missing: the Python packages of e2e/clients/" "pip could not install them: see the messages above. Is there a network?"
}

need_browser() {
    if ! CHROMIUM=$(find_browser); then
        # Asks for root by itself where libraries are missing.
        (cd e2e && npx --no-install playwright-core install --with-deps chromium) ||
            fail "Missing: a Chromium browser" "It could not be installed: see the messages above." \
                "Installed by hand, it is used as it is; CHROMIUM=/path/to/it says where it is."
        CHROMIUM=$(cd e2e && node --print 'require("playwright-core").chromium.executablePath()')
    fi
    export CHROMIUM
}

need_all_tools() {
    want_build_tools
    want_test_tools
    install_missing
    need_rust
    need_node_packages
    need_python_packages
    need_browser
}
