const ON = /^(?:1|true|yes|on)$/i;

/** Whether Claude Code takes this text for on: `1 true yes on`, any case, trimmed; all else is off (measured). */
export function isOn(text: string): boolean {
  return ON.test(text.trim());
}
