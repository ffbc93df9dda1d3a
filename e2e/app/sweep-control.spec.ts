/** That the sweep for secrets sees what there is to be seen. */
import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect } from '@playwright/test';
import { FORMS } from './support/secret-forms.ts';
import { LIMIT, test } from './support/sweep-test.ts';

test('What is planted is found: in every kind of place, in every form, also where it is gone a moment later', async ({
  home,
  launch,
  room,
  sweepOf,
}) => {
  test.setTimeout(LIMIT);
  home.json('.claude/settings.json', { model: 'opus' });
  const sweep = await sweepOf([home.path], { home: home.path });
  const secrets = Object.keys(FORMS).map((form, at) => ({
    name: form,
    value: `planted-${String(at)}-${'qzvkxwjy'.slice(at)}${'QZVKXWJY'.slice(0, at)}-bfgm"t+r/n-${String(at)}-Sweep77`,
  }));
  sweep.add(...secrets);
  const planted = secrets.map(({ name, value }) => FORMS[name]?.plant(value) ?? Buffer.alloc(0));
  const all = Buffer.concat(planted.flatMap((bytes) => [bytes, Buffer.from('\n')]));
  /** Where there is text, there are no bytes. */
  const text = planted
    .filter((bytes) => !bytes.includes(0))
    .map((bytes) => bytes.toString())
    .join('\n');
  const wide = secrets.find(({ name }) => name === 'utf-16')?.value ?? '';

  const variables = { TMPDIR: path.join(room, 't'), XDG_RUNTIME_DIR: path.join(room, 'run') };
  const app = await launch({ folder: home.path, env: variables });
  const page = await app.openWindow();
  await sweep.follow(app, page);

  // The stand-in has a folder for more than one thing.
  const profile = readdirSync(path.join(room, 't')).find((name) =>
    existsSync(path.join(room, 't', name, 'profile')),
  );
  if (profile === undefined)
    throw new Error('The browser has no profile in the folder for what is temporary.');
  for (const folder of [home.path, path.join(home.path, '.config/credence'), path.join(room, 'run')])
    writeFileSync(path.join(folder, 'planted'), all);
  writeFileSync(path.join(room, 't', profile, 'profile/planted'), all);
  symlinkSync(text, path.join(home.path, 'planted-link'));

  const env = { ...home.environment, ...variables };
  const script = `const fs = require('node:fs'), file = process.env.HOME + '/gone';
    const bytes = fs.readFileSync(0);
    fs.writeFileSync(file, bytes); fs.rmSync(file);
    process.stdout.write(bytes); process.stderr.write(bytes);
    setTimeout(() => {}, 500);`;
  await sweep.run(
    'planted',
    [process.execPath, '-e', script, text],
    { ...env, PLANTED: text },
    { input: all },
  );

  await page.evaluate(
    ([given, wider]) => {
      const kept = `${given} ${wider} \u{1f511}`;
      Reflect.set(globalThis, 'planted', kept.split('\n').join('\n'));
      document.body.dataset['planted'] = given;
      localStorage.setItem('planted', given);
      const field = document.createElement('textarea');
      field.value = given;
      document.body.append(field, given);
      globalThis.__published.push(JSON.stringify({ given }));
    },
    [text, wide] as const,
  );
  await app.app.evaluate(({ BrowserWindow, clipboard, Notification }, given) => {
    console.log(given);
    globalThis.__probe.tray().tray.setToolTip(given);
    new Notification({ title: 'planted', body: given }).show();
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('planted', given);
    return clipboard.writeText(given);
  }, text);
  await sweep.look('with memory');
  await app.quit();

  const found = new Map<string, Set<string>>();
  for (const { place, form } of await sweep.end()) {
    const kind = place.replace(/^(\w+):.*$/s, '$1');
    const file = /^(?:file|write):.*?(planted|gone)$/.test(place) ? place.replace(home.path, '~') : kind;
    found.set(file, (found.get(file) ?? new Set()).add(form));
  }
  const inBytes = [...new Set(Object.keys(FORMS).map((form) => form.replace(/ by .*/, '')))].toSorted();
  const inText = inBytes.filter((form) => form !== 'utf-16');
  const places: Readonly<Record<string, readonly string[]>> = {
    'file:home/planted': inBytes,
    'file:home/.config/credence/planted': inBytes,
    'file:runtime/planted': inBytes,
    [`file:temporary/${profile}/profile/planted`]: inBytes,
    'write:~/gone': inBytes,
    link: inText,
    said: inBytes,
    complained: inBytes,
    argument: inText,
    variable: inText,
    start: inText,
    page: inText,
    snapshot: inText,
    window: inText,
    tray: inText,
    notification: inText,
    clipboard: inText,
    heap: inText,
    memory: inBytes,
  };
  for (const [place, forms] of Object.entries(places))
    expect([...(found.get(place) ?? [])].toSorted(), place).toEqual(expect.arrayContaining([...forms]));
});
