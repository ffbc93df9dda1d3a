import { readEnvironmentFile } from '../../startup/environment-file.ts';
import type { EditText } from '../text-edit.ts';
import { editEnvironmentLines, isExpansion } from './environment-lines.ts';

/**
 * - `pam`: `/etc/environment`, in which nothing is expanded
 * - `systemd`: `environment.d/*.conf`, and the files that units name
 *
 * Neither can run a program, so `look-up` is not possible.
 */
export function editEnvironmentFile(dialect: 'pam' | 'systemd'): EditText {
  const syntax = {
    read: (text: string, wanted: (name: string) => boolean) =>
      readEnvironmentFile(text, wanted, dialect).assignments,
    comment: dialect === 'pam' ? /^\s*#/ : /^\s*[#;]/,
    isUse: dialect === 'systemd' ? isExpansion : () => false,
  };
  return (bytes, request) => editEnvironmentLines(bytes, request, () => syntax);
}
