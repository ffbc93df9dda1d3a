import { doctorJson } from '../../../shared/presentation/doctor-json.ts';
import { doctorReport } from '../../../shared/presentation/doctor-report.ts';
import { doctor as examine } from '../../../shared/usecases/doctor.ts';
import { findClaudeCode } from '../../../shared/usecases/find-claude-code.ts';
import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import { inspect } from '../../../shared/usecases/inspect.ts';
import { signInHealth } from '../../../shared/usecases/sign-in/sign-in-health.ts';
import type { Command } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { VERSION } from '../version.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'checks with pass or fail, and a report without secrets to copy',
  usage: 'credence doctor [--report] [OPTION…]',
  options: [
    { name: 'report', help: 'print a report to copy: no secret, no name, no path of your home' },
    ...CONTEXT_OPTIONS,
  ],
  run: async ({ ports, changePorts, signInPorts, tokenPorts, arguments: given, terminal }) => {
    const { context, request } = questionOf(ports, given, 'interactive');
    const facts = await gatherFacts(ports, { ...request, askSession: true });
    const inspection = inspect(facts, context);
    const { notes } = await tokenPorts();
    const checks = examine(
      ports,
      inspection,
      findClaudeCode(ports),
      (await changePorts()).vault.inClear(),
      await signInHealth({ ...ports, notes }, async () => (await signInPorts()).loopback),
    );
    if (given.flag('json')) printJson(terminal, doctorJson(inspection, checks, VERSION));
    else if (given.flag('report')) terminal.out(doctorReport(inspection, checks, VERSION));
    else
      terminal.out(
        (await import('../../../shared/presentation/doctor-text.ts')).doctorText(
          inspection,
          checks,
          terminal,
        ),
      );
    return checks.some(({ result }) => result === 'fail') ? EXIT.notMet : EXIT.answered;
  },
};
