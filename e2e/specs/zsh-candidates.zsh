# Asks a zsh of its own, in a terminal made for it, what it would complete.
#   zsh -f zsh-candidates.zsh SCRIPT LINE      prints a candidate per line
# With a third word it is that inner zsh.
if [[ $3 != inner ]]; then
  zmodload zsh/zpty
  zpty inner zsh -f -i
  zpty -w inner "source ${(q)0} ${(q)1} '' inner"
  zpty -r -m inner reply '*ready-to-complete*' || exit 1
  zpty -w -n inner "$2"$'\t'
  zpty -r -m inner reply '*end-of-candidates*' || exit 1
  print -r -- "$reply" | tr -d '\r' | sed -n 's/^.*candidate<\(.*\)>.*$/\1/p' | sort -u
  exit
fi

PROMPT=
unset zle_bracketed_paste
autoload -U compinit
compinit -u -D
source $1 || print 'not loaded'
compadd() {
  # Calls that only fill arrays are part of the work, not an offer.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a offered
  builtin compadd -A offered "$@"
  (( $#offered )) && print -rl -- '' "candidate<"$^offered">"
  builtin compadd "$@"
}
end-of-candidates() {
  print 'end''-of-candidates'
  exit
}
comppostfuncs=(end-of-candidates)
print 'ready''-to-complete'
