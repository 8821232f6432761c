/** Owns what the shells are told: each asks the command itself, so that a script never knows less than the command. */

const BASH = `# wasimeter: completion for bash. In ~/.bashrc: eval "$(wasimeter completion bash)"
_wasimeter() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _wasimeter wasimeter
`;

const ZSH = `#compdef wasimeter
# wasimeter: completion for zsh. In ~/.zshrc, behind compinit: eval "$(wasimeter completion zsh)"
_wasimeter() {
  local -a answers described
  local answer
  answers=(\${(f)"$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  for answer in $answers; do
    # A colon parts word and description for _describe.
    described+=("\${\${answer%%$'\\t'*}//:/\\\\:}:\${answer#*$'\\t'}")
  done
  if (( $#described )); then _describe 'wasimeter' described; else _files; fi
}
compdef _wasimeter wasimeter
`;

const FISH = `# wasimeter: completion for fish. In ~/.config/fish/config.fish: wasimeter completion fish | source
function __wasimeter
    set -l words (commandline -opc) (commandline -ct)
    set -l answers ($words[1] complete -- $words[2..-1] 2>/dev/null)
    if test (count $answers) -gt 0
        printf '%s\\n' $answers
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c wasimeter -f -a '(__wasimeter)'
`;

export const SHELL_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
