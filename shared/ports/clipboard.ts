/** What a person can paste elsewhere. */
export interface Clipboard {
  write(text: string): Promise<boolean>;
}
