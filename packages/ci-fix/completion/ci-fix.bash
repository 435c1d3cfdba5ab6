# Completion of ci-fix for bash. In your .bashrc: eval "$(ci-fix completion bash)"
#
# What was typed is handed over as words; nothing of it is evaluated.
_ci_fix() {
  local line word
  local -a words=()
  # Bash splits at = and : as well; the words are put together again as they were typed.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((${#words[@]} > 0)) && [[ $word == = || ${words[-1]} == --*= ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :folders) compopt -o dirnames ;;
      :*) ;;
      *)
        word=${line%%$'\t'*}
        # Bash takes only what stands behind = for the current word.
        if [[ ${words[-1]} == --*=* ]]; then word=${word#*=}; fi
        COMPREPLY+=("$word")
        ;;
    esac
  done < <(ci-fix complete -- "${words[@]}" 2>/dev/null)
}
complete -F _ci_fix ci-fix
