import { readEnvironmentFile } from '../../startup/environment-file.ts';
import type { EditText } from '../text-edit.ts';
import { editEnvironmentLines, isExpansion } from './environment-lines.ts';

/**
 * `.env` files. Their readers disagree about much; edited are lines that all of them take alike. Few of them run programs,
 * so `look-up` is not possible.
 */
export const editDotenv: EditText = (bytes, request) =>
  editEnvironmentLines(bytes, request, () => ({
    read: (text, wanted) => readEnvironmentFile(text, wanted, 'dotenv').assignments,
    comment: /^\s*#/,
    isUse: isExpansion,
  }));
