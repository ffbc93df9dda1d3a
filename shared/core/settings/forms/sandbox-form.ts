import { isJsonObject } from '../json-value.ts';
import {
  changed,
  listOf,
  members,
  number,
  optional,
  recordOf,
  someText,
  text,
  texts,
  today,
  word,
  yesOrNo,
  type Form,
} from './form.ts';

const mode = changed(word('deny'), word('deny', 'mask'));
const passing = word('deny', 'passthrough');
const variableName: Form = (value) => typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value);

/** What a pair needs is not known; an empty one was refused. */
const pair: Form = (value) => isJsonObject(value) && Object.keys(value).length > 0;

const credentials = optional({
  files: listOf(members({ path: someText, mode })),
  envVars: listOf(members({ name: variableName, mode }, { injectHosts: texts })),
  allowPlaintextInject: today(yesOrNo),
  awsPairs: today(listOf(pair)),
  sigv4: today(optional({ streaming: passing, presigned: passing, sigv4a: passing })),
});

/** `sandbox`: how commands are shut in. */
export const sandbox = optional({
  enabled: yesOrNo,
  autoAllowBashIfSandboxed: yesOrNo,
  allowUnsandboxedCommands: yesOrNo,
  enableWeakerNestedSandbox: yesOrNo,
  enableWeakerNetworkIsolation: yesOrNo,
  failIfUnavailable: yesOrNo,
  allowAppleEvents: yesOrNo,
  excludedCommands: texts,
  ignoreViolations: recordOf(texts),
  ripgrep: members({ command: text }, { args: texts }),
  network: optional({
    allowUnixSockets: texts,
    allowedDomains: texts,
    deniedDomains: texts,
    allowMachLookup: texts,
    allowLocalBinding: yesOrNo,
    allowAllUnixSockets: yesOrNo,
    allowManagedDomainsOnly: yesOrNo,
    strictAllowlist: today(yesOrNo),
    httpProxyPort: number(),
    socksProxyPort: number(),
    tlsTerminate: optional({ caCertPath: text, caKeyPath: text }),
  }),
  filesystem: optional({
    allowWrite: texts,
    denyWrite: texts,
    denyRead: texts,
    allowRead: texts,
    allowManagedReadPathsOnly: yesOrNo,
    disabled: today(yesOrNo),
  }),
  credentials,
});
