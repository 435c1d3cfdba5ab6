# Completion of ci-fix for fish: ci-fix completion fish > ~/.config/fish/completions/ci-fix.fish
#
# What was typed is handed over as words; nothing of it is evaluated.
function __ci_fix_complete
    set -l before (commandline -opc)[2..-1]
    set -l current (commandline -ct)
    for line in (ci-fix complete -- $before "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current" ''
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c ci-fix -f -a '(__ci_fix_complete)'
