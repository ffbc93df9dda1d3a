/** All that waits for nothing but promises is done then. */
export const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
