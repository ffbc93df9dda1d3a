import { resolve } from 'node:path';
import { foundFolderJson, scanJson } from '../../../shared/presentation/scan-json.ts';
import type { ScanHeading } from '../../../shared/presentation/scan-text.ts';
import type { FolderTrouble } from '../../../shared/ports/folder-tree.ts';
import { scan as scanFolders, type FoundFolder, type Skipped } from '../../../shared/usecases/scan.ts';
import type { SeeingCommand, Terminal } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { reportError } from '../report-error.ts';

/** A question about many folders has no folder of its own, and runs neither helpers nor shells. */
const NOT_FOR_MANY: readonly string[] = ['folder', 'run-helper', 'ask-shell'];

export const scan: SeeingCommand = {
  name: 'scan',
  summary: 'every folder below that brings credential settings, with its answer',
  usage: 'credence scan [DIR…] [OPTION…]',
  options: CONTEXT_OPTIONS.filter(({ name }) => !NOT_FOR_MANY.includes(name)),
  operands: 'folders',
  examples: ['credence scan ~/src', 'credence scan --mode interactive --json'],
  run: async ({ ports, arguments: given, terminal }) => {
    const { context, request } = questionOf(ports, given, 'print');
    const { workingFolder, home, platform } = ports.environment;
    const named = given.operands.length === 0 ? ['.'] : given.operands;
    const roots = [...new Set(named.map((folder) => resolve(workingFolder, folder)))];
    const heading: ScanHeading = { ...context, roots, place: { home, platform } };
    const json = given.flag('json');
    const report = json ? jsonReport(heading) : await textReport(heading, terminal);
    const skipped: Skipped[] = [];
    const question = { ...request, settingsFlag: settingsFlag(request.settingsFlag, workingFolder) };
    for await (const event of scanFolders(ports, { roots, context, question })) {
      switch (event.kind) {
        case 'found':
          report.add(event.found);
          break;
        case 'skipped':
          skipped.push(event.skipped);
          break;
        case 'root-unreadable':
          await reportError(
            terminal,
            json,
            'unreadable',
            await unreadable(event.root, event.reason, heading),
          );
          return EXIT.unknown;
      }
    }
    report.print(skipped, terminal);
    return EXIT.answered;
  },
};

/** A path is meant from where it was typed, not from each folder; what begins with a brace is JSON. */
function settingsFlag(flag: string | null, workingFolder: string): string | null {
  return flag === null || flag.trimStart().startsWith('{') ? flag : resolve(workingFolder, flag);
}

/** Takes of each folder what will be printed: its facts need not be kept until the last one is seen. */
interface Report {
  add(found: FoundFolder): void;
  print(skipped: readonly Skipped[], terminal: Terminal): void;
}

function jsonReport({ mode }: ScanHeading): Report {
  const entries: ReturnType<typeof foundFolderJson>[] = [];
  return {
    add: (found) => {
      entries.push(foundFolderJson(found, mode));
    },
    print: (skipped, terminal) => {
      printJson(terminal, scanJson(entries, skipped));
    },
  };
}

async function textReport(heading: ScanHeading, style: Terminal): Promise<Report> {
  const { scanRow, scanText } = await import('../../../shared/presentation/scan-text.ts');
  const rows: ReturnType<typeof scanRow>[] = [];
  return {
    add: (found) => {
      rows.push(scanRow(found, heading));
    },
    print: (skipped, terminal) => {
      terminal.out(scanText(rows, skipped, heading, style));
    },
  };
}

async function unreadable(root: string, reason: FolderTrouble, { place }: ScanHeading): Promise<string> {
  const { TROUBLES } = await import('../../../shared/presentation/scan-text.ts');
  const { shortPath } = await import('../../../shared/presentation/short-path.ts');
  return `Nothing was looked at, since a folder cannot be read. ${shortPath(root, place)}: ${TROUBLES[reason]}.`;
}
