import process from 'node:process';

/** The Node that runs the host, from before it takes Electron's name: to be loaded by what starts first. */
export const NODE_PROGRAM = process.execPath;
