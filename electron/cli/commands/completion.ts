import type { Command } from '../command.ts';
import { completionScript, SHELLS, type CompletionShell } from '../completion/completion-script.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { UsageError } from '../usage-error.ts';

/** @param loadAll all that are completed, this one too; it cannot look for them itself, since it is one of them */
export const completionOf = (loadAll: () => Promise<readonly Command[]>): Command => ({
  name: 'completion',
  summary: 'print the completion script for a shell',
  usage: 'credence completion bash|zsh|fish',
  options: [],
  operands: SHELLS,
  examples: [
    'credence completion bash > ~/.local/share/bash-completion/completions/credence',
    'credence completion zsh > "${fpath[1]}/_credence"',
    'credence completion fish > ~/.config/fish/completions/credence.fish',
  ],
  run: async ({ arguments: given, terminal }) => {
    const [named, ...more] = given.operands;
    const shell = SHELLS.find((name): name is CompletionShell => name === named);
    if (shell === undefined || more.length > 0)
      throw new UsageError(`completion takes one of: ${SHELLS.join(', ')}.`, 'completion');
    const script = completionScript(shell, await loadAll());
    if (given.flag('json')) printJson(terminal, { schemaVersion: 1, shell, script });
    else terminal.out(script);
    return EXIT.answered;
  },
});
