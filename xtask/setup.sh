# What ./run and ./test share: looks for the tools they need and installs what is missing, on Debian and Ubuntu.
# Sourced, never run.

rust_wanted=1.95
missing_packages=

fail() {
    echo >&2
    printf '%s\n' "$@" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Remembers a package, once.
remember() {
    case "$missing_packages " in
        *" $1 "*) ;;
        *) missing_packages="$missing_packages $1" ;;
    esac
}

# want COMMAND PACKAGE: remembers the package when the command is not there.
want() { have "$1" || remember "$2"; }

# Runs a command as root, if we can.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs the remembered packages, or says which are missing and why they cannot be installed.
install_missing() {
    [ -n "$missing_packages" ] || return 0
    have apt-get || fail "Missing:$missing_packages (names of Debian packages)" "There is no apt-get here: install them in this system's own way and try again."
    [ "$(id -u)" = 0 ] || have sudo || fail "Missing:$missing_packages" "There is neither root nor sudo here. Let an administrator run:" \
        "    apt-get update && apt-get install --yes --no-install-recommends$missing_packages"
    echo "Installing:$missing_packages"
    # Word splitting is wanted: one word, one package.
    # shellcheck disable=SC2086
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends $missing_packages ||
        fail "Missing:$missing_packages" "They could not be installed: see the messages above. Is there a network? Installed by hand, they are used as they are."
    missing_packages=
}

# Whether cargo is there and new enough.
rust_is_there() {
    have cargo || return 1
    # rustup offers a cargo that may have no toolchain behind it.
    found=$(cargo --version 2>/dev/null | cut -d' ' -f2) && [ -n "$found" ] || return 1
    [ "$(printf '%s\n%s\n' "$rust_wanted" "$found" | sort -V | head -n 1)" = "$rust_wanted" ]
}

need_rust() {
    [ ! -d "$HOME/.cargo/bin" ] || PATH="$HOME/.cargo/bin:$PATH"
    export PATH
    rust_is_there && return 0
    if ! have rustup; then
        if have apt-cache && apt-cache show rustup >/dev/null 2>&1; then
            remember rustup
            install_missing
        else
            echo "Installing Rust with rustup into $HOME/.cargo"
            installer=$(mktemp)
            curl --proto '=https' --tlsv1.2 --silent --show-error --fail --output "$installer" https://sh.rustup.rs &&
                sh "$installer" -y --quiet --no-modify-path --profile minimal --default-toolchain none ||
                fail "Missing: Rust $rust_wanted or later" "rustup could not be installed: see the messages above. Is there a network?" \
                    "Installed by hand (https://rustup.rs), it is used as it is."
            rm -f "$installer"
            PATH="$HOME/.cargo/bin:$PATH"
        fi
    fi
    rustup toolchain install stable --profile minimal ||
        fail "Missing: Rust $rust_wanted or later" "rustup could not install it: see the messages above. Is there a network?"
    RUSTUP_TOOLCHAIN=stable
    export RUSTUP_TOOLCHAIN
    rust_is_there || fail "Missing: Rust $rust_wanted or later" "The newest stable Rust that rustup found is older."
}

# What building needs: a C compiler for SQLite and the allocator, and Rust.
need_build_tools() {
    want cc build-essential
    want make build-essential
    want pkg-config pkg-config
    want curl curl
    [ -e /etc/ssl/certs/ca-certificates.crt ] || remember ca-certificates
    install_missing
    need_rust
}

# Prints the path of a browser that journeys can drive.
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# What the tests need besides: a PostgreSQL server's programs, a browser and Node.
need_test_tools() {
    set -- /usr/lib/postgresql/*/bin/initdb
    [ -x "$1" ] || want initdb postgresql
    want node nodejs
    want npm npm
    install_missing
    # Ubuntu's package of this name only installs a snap, which cannot be driven.
    find_browser >/dev/null || ! apt-cache show chromium 2>/dev/null | grep -q '^Depends: .*libc6' || remember chromium
    install_missing
    if [ ! -d e2e/node_modules ]; then
        (cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund) ||
            fail "Missing: the Node packages of e2e/" "npm could not install them: see the messages above. Is there a network?"
    fi
    if ! CHROMIUM=$(find_browser); then
        # Asks for root by itself where libraries are missing.
        (cd e2e && npx --no-install playwright-core install --with-deps chromium) ||
            fail "Missing: a Chromium browser" "It could not be installed: see the messages above. Installed by hand, it is used as it is."
        CHROMIUM=$(cd e2e && node --print 'require("playwright-core").chromium.executablePath()')
    fi
    export CHROMIUM
}
