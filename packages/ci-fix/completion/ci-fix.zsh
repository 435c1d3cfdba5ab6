#compdef ci-fix
# Completion of ci-fix for zsh. In your .zshrc, behind compinit: eval "$(ci-fix completion zsh)"
#
# What was typed is handed over as words; nothing of it is evaluated.
_ci_fix() {
  local line paths tab=$'\t'
  local -a found
  for line in "${(@f)$(ci-fix complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      (:*) paths=${line#:} ;;
      (?*) found+=("${${line%%$tab*}//:/\\:}:${line#*$tab}") ;;
    esac
  done
  if (( $#found )); then
    _describe -V ci-fix found && return
  fi
  case $paths in
    (files) _files ;;
    (folders) _files -/ ;;
  esac
}
if [[ ${funcstack[1]} == _ci_fix ]]; then
  _ci_fix "$@"
else
  compdef _ci_fix ci-fix
fi
