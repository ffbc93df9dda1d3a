/** Names a file and line that main knows; short-lived, good for the snapshot it came in and the next one. */
export type PlaceId = string;
export type FolderId = string;
