/**
 * A program that makes a change and undoes it, again and again, with the real adapters in the home that its environment names:
 * hundreds of times in the time that the command takes to start a few times. `node run-changes.ts NAME TIMES`
 */
import { createAdapters, createChangeAdapters } from '../../electron/adapters/create-adapters.ts';
import { PLACE_EDITORS } from '../../shared/usecases/changes/all-editors.ts';
import { applyPlan } from '../../shared/usecases/changes/apply-plan.ts';
import { planChange } from '../../shared/usecases/changes/plan-change.ts';
import { undoChange } from '../../shared/usecases/changes/undo-change.ts';
import { lookRequest } from '../../shared/usecases/desk/desk-look.ts';
import { gatherFacts } from '../../shared/usecases/gather/gather-facts.ts';

const CLAUDE_CODE = { version: '2.1.328', from: 'flag' } as const;
const [name = '', times = ''] = process.argv.slice(2);
process.umask(0);
const ports = await createChangeAdapters(createAdapters());
let [applied, undone] = [0, 0];
for (let turn = Number(times); turn > 0; turn--) {
  const request = lookRequest(ports.environment.workingFolder, 'terminal', CLAUDE_CODE, false);
  const facts = await gatherFacts(ports, { ...request, askShell: false });
  const planned = await planChange(ports, PLACE_EDITORS, facts, {
    wish: { kind: 'clear', names: [name] },
    how: 'comment-out',
    chosen: [],
    claudeCode: CLAUDE_CODE,
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: ['credence'],
  });
  if (!planned.ok) throw new Error(planned.why);
  const done = await applyPlan(ports, planned.prepared, ports.clock.now());
  if (!done.ok) throw new Error(done.why);
  applied += 1;
  const back = await undoChange(ports, PLACE_EDITORS, done.record.id, ports.clock.now());
  if (!back.ok) throw new Error(back.why);
  undone += 1;
}
console.log(JSON.stringify({ applied, undone }));
