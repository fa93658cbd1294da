#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: it installs what grading needs.
set -euo pipefail
umask 022 # a submission runs as another user, and reads Python's packages

root=${AUTOGRADER_ROOT:-/autograder}
source=$root/source
venv=$root/venv
torch_index=
. "$source/settings.sh"

# Python with what makes a virtual environment; what filters system calls; what stands in where Landlock is not.
missing=()
python3.11 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3.11 python3.11-venv)
ldconfig -p | grep -q 'libseccomp\.so\.2' || missing+=(libseccomp2)
command -v bwrap >/dev/null || missing+=(bubblewrap)
if ((${#missing[@]})); then
    echo "== Installing ${missing[*]}"
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" || {
        echo "The system's packages could not be installed: ${missing[*]}." >&2
        echo "If they are not to be had, choose a base image that has Python 3.11, such as Ubuntu 22.04." >&2
        exit 1
    }
fi

echo "== Installing Python's packages into $venv (some minutes)"
python3.11 -m venv --clear "$venv"
pip=("$venv/bin/python" -m pip install --no-cache-dir --disable-pip-version-check --quiet)
if [[ -n $torch_index ]]; then
    # Alone, so that the index has no say in any other package.
    "${pip[@]}" --no-deps --index-url "$torch_index" "$(grep '^torch==' "$source/requirements.txt")"
fi
"${pip[@]}" --requirement "$source/requirements.txt"
"${pip[@]}" --no-deps "$source"/autograder-*.whl

echo "== What the grader says of this machine (submissions may be graded on another)"
"$venv/bin/python" -P -s -m autograder doctor || echo "As it stands, no submission can be graded here."
