import { resolve } from 'node:path';
import { foundFolderJson, scanJson } from '../../../shared/presentation/scan-json.ts';
import type { Json } from '../../../shared/presentation/status-json.ts';
import { scan as scanFolders, type Skipped } from '../../../shared/usecases/scan.ts';
import type { Command } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';

/** A question about many folders has no folder of its own, and runs neither helpers nor shells. */
const OPTIONS = CONTEXT_OPTIONS.filter(({ name }) => !['folder', 'run-helper', 'ask-shell'].includes(name));

export const scan: Command = {
  name: 'scan',
  summary: 'every folder below that brings credential settings, with its answer',
  usage: 'credence scan [DIR…] [OPTION…]',
  options: OPTIONS,
  operands: 'folders',
  examples: ['credence scan ~/src', 'credence scan --mode interactive . --json'],
  run: async ({ ports, arguments: given, terminal }) => {
    const { context, request } = questionOf(ports, given, 'print');
    const here = ports.environment.workingFolder;
    const roots = (given.operands.length === 0 ? ['.'] : given.operands).map((folder) =>
      resolve(here, folder),
    );
    const folders: Json[] = [];
    const skipped: Skipped[] = [];
    for await (const event of scanFolders(ports, { roots, context, question: request })) {
      switch (event.kind) {
        case 'found':
          folders.push(foundFolderJson(event.found, context.mode));
          break;
        case 'skipped':
          skipped.push(event.skipped);
          break;
        case 'root-unreadable':
          terminal.error(`credence: ${event.root} ${event.reason}\n`);
          return EXIT.unknown;
      }
    }
    printJson(terminal, scanJson(folders, skipped));
    return EXIT.answered;
  },
};
