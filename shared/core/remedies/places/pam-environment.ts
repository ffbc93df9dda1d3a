import { readEnvironmentFile } from '../../startup/environment-file.ts';
import type { EditText } from '../text-edit.ts';
import { editEnvironmentLines, isExpansion } from './environment-lines.ts';

/** `~/.pam_environment` and `/etc/security/pam_env.conf`. No program can be run in them: `look-up` is not possible. */
export const editPamEnvironment: EditText = (bytes, request) =>
  editEnvironmentLines(bytes, request, () => ({
    read: (text, wanted) => readEnvironmentFile(text, wanted, 'pam-env-conf').assignments,
    comment: /^\s*#/,
    isUse: isExpansion,
  }));
