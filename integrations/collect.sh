#!/bin/bash
# Puts each student's notebook where the grader looks for a class: submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb.
#
#   STUDENTS_TOKEN=... bash integrations/collect.sh ASSIGNMENT STUDENTS_FILE SERVER_URL
#
# STUDENTS_FILE: a line for each student, "OWNER/REPOSITORY STUDENT"; empty lines and those that begin with # are left
# out. All of it is checked before anything is touched; then what submitted/ holds of this assignment is replaced, for
# the students in the list. Of others it stays, to be graded too, and is told.
#
# Of a repository one file is fetched, out of its newest commit and without checking anything out: a link is the name
# that it holds, and filters and large files are not followed. No more of it is taken than the grader reads; git has two
# minutes for each of its two steps, and may write no file of more than 100 MiB. A repository that cannot be read stops
# nobody else's: it is told, and the student's folder stays empty, so that the grader says that this one could not be
# graded.
set -euo pipefail

[ $# -eq 3 ] || { echo "Usage: bash integrations/collect.sh ASSIGNMENT STUDENTS_FILE SERVER_URL" >&2; exit 2; }
assignment=$1 list=$2 server=$3
name='^[A-Za-z0-9_][A-Za-z0-9_.-]*$'
path='^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$'
limit_s=120
limit_kib=102400
limit_bytes=20000001 # one more than the grader reads, which says so

[[ $assignment =~ $name ]] || { echo "$assignment is no assignment's name." >&2; exit 2; }
if ! [ -f "$list" ] || ! [ -r "$list" ]; then
  echo "There is no file $list to read. Write a line for each student: OWNER/REPOSITORY STUDENT" >&2
  exit 2
fi

declare -A repositories=()
students=()
number=0
while read -r repository student rest || [ -n "$repository" ]; do
  number=$((number + 1))
  [[ -z $repository || $repository == \#* ]] && continue
  if ! [[ $student =~ $name && -z $rest && $repository =~ $path && $repository != *..* ]]; then
    echo "$list, line $number: not of the form OWNER/REPOSITORY STUDENT: $repository $student $rest" >&2
    exit 2
  fi
  if [[ -v repositories[$student] ]]; then
    echo "$list, line $number: $student has the repository ${repositories[$student]} already." >&2
    exit 2
  fi
  repositories[$student]=$repository
  students+=("$student")
done < <(sed $'1s/^\xef\xbb\xbf//; s/\r$//' "$list")
[ ${#students[@]} -gt 0 ] || { echo "$list names no student." >&2; exit 2; }

export GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ALLOW_PROTOCOL=https:file
if [ -n "${STUDENTS_TOKEN:-}" ]; then # in the environment, which no other user sees, and for this server alone
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$server/.extraheader"
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$STUDENTS_TOKEN" | base64 --wrap=0)"
  export GIT_CONFIG_VALUE_0
  unset STUDENTS_TOKEN
fi

for folder in submitted/*/"$assignment"; do
  student=$(basename "$(dirname "$folder")")
  [[ ! -d $folder || -n ${repositories[$student]:-} ]] || echo "$student: not in $list, so $folder stays as it is" >&2
done
for student in "${students[@]}"; do
  rm -rf "submitted/$student/$assignment"
done
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT

# Writes the notebook in repository $1 to $2. The limit on files is that of a shell of its own.
fetch() (
  set +e
  ulimit -c 0 -f $limit_kib
  rm -rf "$clone/repository"
  timeout $limit_s git clone --quiet --bare --depth 1 --filter=blob:none "$server/$1.git" "$clone/repository" || exit
  local blob="HEAD:$assignment.ipynb" statuses
  timeout $limit_s git -C "$clone/repository" -c core.bigFileThreshold=1m cat-file blob "$blob" |
    head -c $limit_bytes > "$2"
  statuses=("${PIPESTATUS[@]}")
  # 141: the rest of a file that is too large was not wanted
  [[ ${statuses[0]} == 0 || ${statuses[0]} == 141 ]] && [[ ${statuses[1]} == 0 ]]
)

for student in "${students[@]}"; do
  folder=submitted/$student/$assignment
  if ! { mkdir -p "$folder" && fetch "${repositories[$student]}" "$folder/$assignment.ipynb"; }; then
    rm -f "$folder/$assignment.ipynb"
    echo "$student: no $assignment.ipynb can be read in ${repositories[$student]}" >&2
  fi
done
