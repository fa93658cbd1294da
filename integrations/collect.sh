#!/bin/bash
# Puts each student's notebook where the grader looks for a class: submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb.
#
#   STUDENTS_TOKEN=... bash integrations/collect.sh ASSIGNMENT STUDENTS_FILE SERVER_URL
#
# STUDENTS_FILE: a line for each student, "OWNER/REPOSITORY STUDENT"; empty lines and those that begin with # are left
# out. Of a repository one file is fetched, out of its newest commit and without checking anything out: a link is the
# name that it holds, and filters and large files are not followed. A repository that cannot be read stops nobody
# else's: it is told, and the student's folder stays empty, so that the grader says that this one could not be graded.
set -euo pipefail

assignment=$1 students=$2 server=$3
name='^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
[[ $assignment =~ $name ]] || { echo "$assignment is no assignment's name." >&2; exit 2; }

export GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ALLOW_PROTOCOL=https:file
if [ -n "${STUDENTS_TOKEN:-}" ]; then  # in the environment, which no other user sees, and for this server alone
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$server/.extraheader"
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$STUDENTS_TOKEN" | base64 --wrap=0)"
  export GIT_CONFIG_VALUE_0
  unset STUDENTS_TOKEN
fi

rm -rf submitted
mkdir submitted
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
while read -r repository student rest || [ -n "$repository" ]; do
  [[ -z $repository || $repository == \#* ]] && continue
  if ! [[ $student =~ $name && -z $rest && $repository =~ ^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$ && $repository != *..* ]]
  then
    echo "Not a line of the form OWNER/REPOSITORY STUDENT: $repository $student $rest" >&2
    exit 2
  fi
  folder=submitted/$student/$assignment
  mkdir -p "$folder"
  rm -rf "$clone/repository"
  if git clone --quiet --bare --depth 1 --filter=blob:none "$server/$repository.git" "$clone/repository" &&
    git -C "$clone/repository" cat-file blob "HEAD:$assignment.ipynb" > "$clone/notebook"
  then
    mv "$clone/notebook" "$folder/$assignment.ipynb"
  else
    echo "$student: no $assignment.ipynb can be read in $repository" >&2
  fi
done < "$students"
