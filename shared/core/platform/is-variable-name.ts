/** Whether a shell could set a variable of this name; no option, no pattern and no assignment is one. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
